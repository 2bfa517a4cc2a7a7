/**
 * Makes the sample: the covid figures of Weirland, a country that does not exist. Nothing in it was measured.
 *
 *   node pipelines/covid/sample/generate.mjs           writes history/*.csv, page.html and ../regions.csv
 *   node pipelines/covid/sample/generate.mjs --check   exits with 1 where a file differs from what it would write
 *
 * `weirland.mjs` holds the country, `epidemic.mjs` what happened there; this file decides what was reported of it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dateOf, days, mulberry32, numberOf, simulate, weekdayOf } from './epidemic.mjs';
import {
  CORRECTIONS,
  COUNTRY,
  DISTRICTS,
  FIRST_DAY,
  FIRST_HOSPITALIZED,
  FIRST_SUNDAY,
  LAST_DAILY,
  LAST_SUNDAY,
  METRICS,
  PAGE_MONDAY,
  PAGE_SUNDAY,
  REGIONS,
  WEEKLY_BLANKS,
} from './weirland.mjs';

// ---- reporting: what was published of it

/** Blanks out what a region did not report and adds its corrections: the daily figures up to LAST_DAILY, null where blank. */
function reportDaily(region, figures, seed) {
  const random = mulberry32(seed);
  const reported = new Map();
  const silence = Object.fromEntries(METRICS.map((metric) => [metric, 0]));
  for (const date of days(region.first, LAST_DAILY)) {
    const row = {};
    for (const metric of METRICS) {
      if (random() < 0.004) silence[metric] = 1 + Math.floor(4 * random());
      const correction = CORRECTIONS.find(
        (it) => it.region === region.name && it.date === date && it.metric === metric,
      );
      const silent = silence[metric] > 0 && isSettled(date, region);
      row[metric] =
        correction?.value ?? (silent || neverReports(region, date, metric) ? null : figures[metric].get(date));
      silence[metric] = Math.max(0, silence[metric] - 1);
    }
    reported.set(date, row);
  }
  return reported;
}

/** Gaps by chance stay inside a series, and out of the week that is told twice: daily up to the cut, then as a sum. */
function isSettled(date, region) {
  return numberOf(date) > numberOf(region.first) && numberOf(date) < numberOf(FIRST_SUNDAY) - 6;
}

function neverReports(region, date, metric) {
  if (metric === 'new_hospitalized' && date < FIRST_HOSPITALIZED) return true;
  if (['Frostlock', 'Eddy Islands'].includes(region.name) && date.endsWith('-01-01')) return true;
  if (metric !== 'new_recovered') return false;
  if (region.name === 'Penstock Heights') return date >= '2021-06-01' && weekdayOf(numberOf(date)) === 0;
  return region.name === 'Lower Sluice' && date === LAST_DAILY; // the one day of the straddling week, to be shared out
}

function weekSum(figures, metric, sunday) {
  const monday = dateOf(numberOf(sunday) - 6);
  return days(monday, sunday).reduce((sum, date) => sum + figures[metric].get(date), 0);
}

// ---- the files

const HEADER = ['date', 'region', ...METRICS].join(',');
const csv = (header, rows) => `${[header, ...rows.map((row) => row.join(','))].join('\n')}\n`;

function dailyCsv(regions) {
  const rows = [];
  for (const date of days(FIRST_DAY, LAST_DAILY)) {
    const reporting = regions
      .filter(({ daily }) => daily.has(date))
      .map(({ name, daily }) => ({ name, row: daily.get(date) }));
    const country = METRICS.map((metric) => {
      const given = reporting.map(({ row }) => row[metric]).filter((figure) => figure !== null);
      return given.length === 0 ? null : given.reduce((sum, figure) => sum + figure, 0);
    });
    rows.push([date, COUNTRY, ...country]);
    for (const { name, row } of reporting) rows.push([date, name, ...METRICS.map((metric) => row[metric])]);
  }
  return csv(HEADER, rows);
}

function weeklyCsv(regions) {
  const isBlank = (region, date, metric) =>
    WEEKLY_BLANKS.some((it) => it.region === region && it.date === date && it.metric === metric);
  const rows = days(FIRST_SUNDAY, LAST_SUNDAY, 7).flatMap((sunday) =>
    regions.map(({ name, figures }) => [
      sunday,
      name,
      ...METRICS.map((metric) => (isBlank(name, sunday, metric) ? null : weekSum(figures, metric, sunday))),
    ]),
  );
  return csv(HEADER, rows);
}

function dictionaryCsv() {
  const rows = REGIONS.map(({ code, name, pageName, district }) => [
    code,
    `${name} (synthetic)`,
    name,
    pageName,
    district,
  ]);
  return csv('code,name,history_name,page_name,district', rows);
}

/** The page in the shape of real ones: a table without thead, marked by its surroundings only, figures in groups of three. */
function pageHtml(regions) {
  const columns = ['new_hospitalized', 'new_recovered', 'new_cases', 'new_deaths'];
  const figuresOf = (members) =>
    columns.map((metric) => members.reduce((sum, { figures }) => sum + weekSum(figures, metric, PAGE_SUNDAY), 0));
  const grouped = (figure, space) => String(figure).replace(/\B(?=(\d{3})+$)/g, space);
  const row = (cells) => `\t<tr>\n${cells.map((cell) => `\t\t<td>\n\t\t\t ${cell}\n\t\t</td>\n`).join('')}\t</tr>\n`;
  const bold = (cells) => row(cells.map((cell) => `<b>${cell}</b>`));

  const total = figuresOf(regions);
  const rows = [
    bold(['Region', 'Hospitalized', 'Recovered', 'Detected', 'Died']),
    bold([COUNTRY, ...total.map((figure) => grouped(figure, ' '))]),
    ...DISTRICTS.flatMap((district) => {
      const members = regions.filter((region) => region.district === district);
      return [
        bold([district, ...figuresOf(members).map((figure) => grouped(figure, '&nbsp;'))]),
        ...members.map((region) =>
          row([region.pageName, ...figuresOf([region]).map((figure) => grouped(figure, ' '))]),
        ),
      ];
    }),
  ];
  const short = (date) => date.slice(5).split('-').reverse().join('.');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="robots" content="noindex">
<title>Covid in Weirland, week 1 of 2024 (synthetic sample)</title>
</head>
<body>
<h1>Covid in Weirland: week 1 of 2024 (synthetic sample)</h1>
<p><b>Synthetic sample.</b> Weirland does not exist, and nobody measured these figures: <code>generate.mjs</code> made them up
to try the covid pipeline with.</p>
<p>${grouped(total[2], '&nbsp;')} cases were detected in the week, and ${grouped(total[0], '&nbsp;')} people came to hospital.</p>
<h3>Where the figures come from</h3>
<p>Each region sends one message on Sunday, for the week that ends on that day.</p>
<h3>As of week 1 of 2024 (${short(PAGE_MONDAY)}- ${short(PAGE_SUNDAY)}.${PAGE_SUNDAY.slice(0, 4)})</h3>
<div class="u-table-cv"><div class="u-table-cv__wrapper"><table cellpadding="0" cellspacing="0">
<colgroup><col> <col> <col> <col> <col></colgroup>
<tbody>
${rows.join('')}</tbody>
</table></div></div>
</body>
</html>
`;
}

// ---- write, or compare

const SEED = 20_200_301;
const regions = REGIONS.map((region, index) => {
  const figures = simulate(region, SEED + index);
  return { ...region, figures, daily: reportDaily(region, figures, SEED + 1000 + index) };
});
const folder = dirname(fileURLToPath(import.meta.url));
const files = {
  'history/daily.csv': dailyCsv(regions),
  'history/weekly.csv': weeklyCsv(regions),
  'page.html': pageHtml(regions),
  '../regions.csv': dictionaryCsv(),
};

function isCurrent([name, text]) {
  try {
    return readFileSync(join(folder, name), 'utf8') === text;
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

if (process.argv.includes('--check')) {
  const stale = Object.entries(files).filter((file) => !isCurrent(file));
  for (const [name] of stale) {
    const path = normalize(join('pipelines/covid/sample', name));
    console.error(`${path} differs from what pipelines/covid/sample/generate.mjs writes: run it, or undo the change`);
  }
  if (stale.length > 0) process.exitCode = 1;
} else {
  mkdirSync(join(folder, 'history'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

import { readFile } from 'node:fs/promises';

/** The sample as a person would read it: nothing of the pipeline's code, no quoting, no streaming. */

export const METRICS = ['new_cases', 'new_deaths', 'new_recovered', 'new_hospitalized'] as const;
export type Metric = (typeof METRICS)[number];
export type Figures = { readonly [metric in Metric]: number | null };

/** What a source says of a region: a day's figures, or the sums of the week that ends on that day. */
export interface SourceRow {
  readonly region: string;
  readonly date: string;
  readonly figures: Figures;
}

export interface SampleSources {
  readonly daily: readonly SourceRow[];
  readonly weekly: readonly SourceRow[];
  readonly page: readonly SourceRow[];
}

export const covid = new URL('../../../pipelines/covid/', import.meta.url);

export async function readSample(): Promise<SampleSources> {
  const dictionary = lines(await text('regions.csv')).map((line) => line.split(','));
  const codes = new Map(
    dictionary.flatMap(([code = '', , inHistory = '', onPage = '']) => [
      [inHistory, code],
      [onPage, code],
    ]),
  );
  const history = async (file: string) =>
    lines(await text(file)).flatMap((line): SourceRow[] => {
      const [date = '', name = '', ...cells] = line.split(',');
      const region = codes.get(name);
      return region === undefined ? [] : [{ region, date, figures: figures(METRICS, cells) }];
    });
  return {
    daily: await history('sample/history/daily.csv'),
    weekly: await history('sample/history/weekly.csv'),
    page: pageRows(await text('sample/page.html'), codes),
  };
}

/** The page's columns, in its order; its heading says that the week ends on 07.01.2024. */
function pageRows(html: string, codes: ReadonlyMap<string, string>): SourceRow[] {
  return html.split('<tr>').flatMap((row): SourceRow[] => {
    const cells = [...row.matchAll(/<td>([^]*?)<\/td>/g)].map(([, cell = '']) => cell.replace(/<\/?b>/g, '').trim());
    const region = codes.get(cells[0] ?? '');
    if (region === undefined) return [];
    const order = ['new_hospitalized', 'new_recovered', 'new_cases', 'new_deaths'] as const;
    return [
      {
        region,
        date: '2024-01-07',
        figures: figures(
          order,
          cells.slice(1).map((cell) => cell.replace(/\D/g, '')),
        ),
      },
    ];
  });
}

function figures(order: readonly Metric[], cells: readonly string[]): Figures {
  const entries = order.map((metric, at) => [metric, cells[at] === '' ? null : Number(cells[at])]);
  return Object.fromEntries(entries) as Figures;
}

/** The days of the week that ends on a day, first to last. */
export function weekEnding(date: string): string[] {
  return [6, 5, 4, 3, 2, 1, 0].map((back) => new Date(Date.parse(date) - back * 86_400_000).toISOString().slice(0, 10));
}

async function text(file: string): Promise<string> {
  return readFile(new URL(file, covid), 'utf8');
}

function lines(csv: string): string[] {
  return csv.trimEnd().split('\n').slice(1);
}

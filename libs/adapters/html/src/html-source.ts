import { identifier, nameOfUrl, WeirError, type SourceType, type Warning, type Workspace } from '@weir/pipeline';
import { htmlOptions, type HtmlOptions } from './html-options.js';
import { readJsonAttribute } from './json-attribute.js';
import { locate } from './location.js';
import type { PageRows } from './page-rows.js';
import { openPage, type Page } from './page.js';
import { readPeriod } from './period.js';
import { readTable } from './table.js';

/** Columns that no page has: they come from `period`. */
const PERIOD_COLUMNS = ['period_start', 'period_end'] as const;

/**
 * Figures from a web page: from a table, or from JSON in an attribute, with the period that a text of the page names.
 * Figures stay the texts they are; the mapping reads them.
 */
export const htmlSource: SourceType<HtmlOptions> = {
  type: 'html',
  options: htmlOptions,

  items: ({ url }, folder) => {
    const name = /^https?:/i.test(url) ? nameOfUrl(url) : url;
    return Promise.resolve([{ name, location: locate(url, folder) }]);
  },

  async read(options, items, wanted, workspace) {
    const fromPage = [...new Set(wanted)].filter((column) => !isPeriodColumn(column));
    if (!options.period && wanted.some(isPeriodColumn)) {
      throw new WeirError(
        'period_not_declared',
        `the columns need ${wanted.filter(isPeriodColumn).join(' and ')}, which come from a period; declare \`period: { selector, rule }\` in source`,
      );
    }
    const columns = [...fromPage, ...(options.period ? PERIOD_COLUMNS : [])];
    const rows = await newTable(workspace, 'html_rows', ['_file', '_row', ...columns]);
    const rejects = await newTable(workspace, 'html_rejects', ['file', 'row', 'code', 'reason', 'record']);
    const warnings: Warning[] = [];
    let rejected = 0;

    for (const item of items) {
      const page = await openPage(item, options.encoding);
      const period = options.period && readPeriod(page, options.period);
      const days = period ? [period.start, period.end] : [];
      const found = readRows(page, options, fromPage);
      await workspace.append(
        rows,
        found.rows.map(({ number, values }) => [item.name, String(number), ...values, ...days]),
      );
      await workspace.append(
        rejects,
        found.rejects.map(({ number, code, reason, record }) => [item.name, String(number), code, reason, record]),
      );
      warnings.push(...found.warnings);
      rejected += found.rejects.length;
    }

    return {
      relation: await numbered(workspace, rows, '_row'),
      columns,
      ...(rejected > 0 ? { rejects: await numbered(workspace, rejects, 'row') } : {}),
      warnings,
    };
  },
};

function isPeriodColumn(column: string): boolean {
  return PERIOD_COLUMNS.some((name) => name === column);
}

function readRows(page: Page, options: HtmlOptions, wanted: readonly string[]): PageRows {
  if (options.table) return readTable(page, options.table, wanted);
  if (options.json) return readJsonAttribute(page, options.json, wanted);
  throw new WeirError('internal_error', 'an html source without table and json passed its check');
}

/** A table of text columns, which is all that a workspace appends to. */
async function newTable(workspace: Workspace, prefix: string, columns: readonly string[]): Promise<string> {
  const table = workspace.fresh(prefix);
  await workspace.run(`CREATE TABLE ${table} (${columns.map((column) => `${identifier(column)} VARCHAR`).join(', ')})`);
  return table;
}

/** A view of a table in which one column is a BIGINT. */
async function numbered(workspace: Workspace, table: string, column: string): Promise<string> {
  const view = workspace.fresh(`${table}_numbered`);
  const name = identifier(column);
  await workspace.run(`CREATE VIEW ${view} AS SELECT * REPLACE (CAST(${name} AS BIGINT) AS ${name}) FROM ${table}`);
  return view;
}

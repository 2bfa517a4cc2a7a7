import type { ExportFormat, IncidenceQuery } from '@weir/incidence';

type Shape = Pick<IncidenceQuery, 'metrics' | 'interval'>;

/** Settings that make ClickHouse's JSON that of JavaScript: whole numbers without quotes, `/` as it is. */
export const JSON_SETTINGS =
  'output_format_json_quote_64bit_integers = 0, output_format_json_escape_forward_slashes = 0';

/** The fields of a row as they leave, from rows whose day is called `day`. */
export function jsonColumns(shape: Shape): string {
  return fieldsOf(shape)
    .map((field) => (field === 'date' ? 'day AS date' : field))
    .join(', ');
}

/** Formatting in parallel holds several times ten megabytes, and gains nothing on a piece of an export. */
const ONE_FORMATTER = 'output_format_parallel_formatting = 0';

/** How ClickHouse writes rows as text that needs no second look. */
export const TEXT: {
  readonly [format in ExportFormat]: { readonly columns: (shape: Shape) => string; readonly ending: string };
} = {
  ndjson: { columns: jsonColumns, ending: `SETTINGS ${JSON_SETTINGS}, ${ONE_FORMATTER} FORMAT JSONEachRow` },
  // Its own CSV quotes every text; here texts are quoted by hand, where they need it, and joined as they are.
  csv: {
    columns: csvColumns,
    ending: `SETTINGS format_custom_escaping_rule = 'Raw', format_custom_field_delimiter = ',',
      format_custom_row_before_delimiter = '', format_custom_row_after_delimiter = '\\n', format_custom_row_between_delimiter = '',
      format_custom_result_before_delimiter = '', format_custom_result_after_delimiter = '',
      format_tsv_null_representation = '', ${ONE_FORMATTER} FORMAT CustomSeparated`,
  },
};

export function csvHeader(shape: Shape): string {
  return `${fieldsOf(shape).join(',')}\n`;
}

function csvColumns(shape: Shape): string {
  const texts = shape.interval === 'day' ? ['region', 'region_name', 'source', 'run_id'] : ['region', 'region_name'];
  return fieldsOf(shape)
    .map((field) => {
      if (field === 'date') return 'day';
      if (field === 'filled') return "arrayStringConcat(filled, '|')";
      return texts.includes(field) ? quoted(field) : field;
    })
    .join(', ');
}

function quoted(column: string): string {
  return `if(match(${column}, '[",\\\\r\\\\n]'), concat('"', replaceAll(${column}, '"', '""'), '"'), ${column})`;
}

function fieldsOf({ metrics, interval }: Shape): string[] {
  const last = interval === 'day' ? [] : ['days'];
  return ['region', 'region_name', 'date', ...metrics, 'basis', 'filled', 'source', 'run_id', 'revision', ...last];
}

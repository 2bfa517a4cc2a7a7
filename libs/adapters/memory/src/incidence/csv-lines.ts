import type { IncidenceQuery, IncidenceRow } from '@weir/incidence';

export function csvHeader(query: IncidenceQuery): string {
  return `${fieldsOf(query).join(',')}\n`;
}

export function csvLine(row: IncidenceRow, query: IncidenceQuery): string {
  const values = fieldsOf(query).map((field) => {
    const value = row[field];
    if (value === null || value === undefined) return '';
    return typeof value === 'object' ? value.join('|') : quoted(String(value));
  });
  return `${values.join(',')}\n`;
}

function fieldsOf({ metrics, interval }: IncidenceQuery): (keyof IncidenceRow)[] {
  const last = interval === 'day' ? [] : (['days'] as const);
  return ['region', 'region_name', 'date', ...metrics, 'basis', 'filled', 'source', 'run_id', 'revision', ...last];
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../../../${path}`, import.meta.url)), 'utf8');

/** The value of each `key:` of the rules; folded texts (`>-`) in one line. */
const valuesOf = (key: string) =>
  [
    ...read('monitoring/rules.yml').matchAll(new RegExp(`^ +(?:- )?${key}: (?:>-\\n((?: {10,}.*\\n)+)|(.*))`, 'gm')),
  ].map(([, folded, plain]) => (folded ?? plain ?? '').replace(/\s+/g, ' ').trim());

const alerts = valuesOf('alert');

describe('the alert rules in monitoring/', () => {
  it('name only metrics that the reference has', () => {
    const known = new Set([...read('docs/reference/metrics.md').matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name));
    const expressions = valuesOf('expr');
    expect(expressions).toHaveLength(alerts.length);
    const named = expressions.flatMap((text) => text.match(/\b(weir|nodejs|process)_\w+/g) ?? []);
    expect(named.length).toBeGreaterThanOrEqual(alerts.length - 3);
    // A histogram is described once, and read by its parts.
    const unknown = named.filter((name) => !known.has(name) && !known.has(name.replace(/_(bucket|sum|count)$/, '')));
    expect(unknown).toEqual([]);
  });

  it('each lead to a heading of docs/operations/alerts.md, and each heading is of a rule', () => {
    const headings = [...read('docs/operations/alerts.md').matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
    expect(headings).toEqual(alerts);
    const runbooks = valuesOf('runbook');
    expect(runbooks).toEqual(alerts.map((name) => `docs/operations/alerts.md#${name.toLowerCase()}`));
  });

  it('each have a test of when they are on, and when they are not', () => {
    const tests = read('monitoring/rules.test.yml');
    for (const name of alerts) {
      const cases = tests.split(`alertname: ${name}`).slice(1);
      const off = cases.filter((text) => /^,? *exp_alerts: \[\]/m.test(text.slice(0, 40)));
      expect([name, off.length > 0, cases.length > off.length]).toEqual([name, true, true]);
    }
  });
});

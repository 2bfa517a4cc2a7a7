import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What each program must have said: pages and CSV hold the same rows, nothing has changed, and a wrong day is refused. */
const expected = [
  /2023-05-16.*\d/,
  /^pages: [1-9]\d* rows$/m,
  /^csv: [1-9]\d* rows$/m,
  /^as of 2020-01-31: (0 rows|\{"data":\[\],"next_cursor":null\})$/m,
  /^summary, asked again: 304$/m,
  /validation_failed.*from/,
];

/** Runs the example programs that need more than Node, as a reader would, against a running system. */
export function runExamples(root, address) {
  const programs = [
    ['bash', 'examples/figures.sh', 'curl@example.org'],
    ['python3', 'examples/figures.py', 'python@example.org'],
  ];
  let passed = 0;
  for (const [interpreter, file, email] of programs) {
    console.log(`\n=== ${interpreter} ${file}`);
    const { status, error, stdout, stderr } = spawnSync(interpreter, [join(root, file), address, email], {
      cwd: root,
      encoding: 'utf8',
    });
    const missing = expected.filter((line) => !line.test(stdout ?? '')).map(String);
    const [pages, csv] = ['pages', 'csv'].map(
      (name) => new RegExp(`^${name}: (\\d+) rows$`, 'm').exec(stdout ?? '')?.[1],
    );
    if (status === 0 && missing.length === 0 && pages === csv) {
      console.log(`pages and CSV: ${pages} rows each`);
      passed++;
      continue;
    }
    console.error(
      `${error ?? `ended with ${status}`}; not found in what it said: ${missing.join(' ')}\n${stdout}${stderr}`,
    );
  }
  return { passed, failed: programs.length - passed };
}

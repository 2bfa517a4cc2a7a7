import { killPrograms, Program } from '@weir/testing';

interface Measured {
  readonly name: string;
  readonly rows: number;
  readonly bytes_more: number;
}

afterAll(killPrograms);

it('streams a million rows over HTTP in less than 100 MB more memory', async () => {
  const { PATH, HOME } = process.env;
  const bench = new Program(new URL('../../../bench/export.mjs', import.meta.url), ['--json'], { PATH, HOME });
  expect(await bench.ended).toMatchObject({ status: 0 });
  const streamed = (JSON.parse(bench.stdout) as Measured[]).filter(({ name }) => name.startsWith('GET '));
  expect(streamed).toHaveLength(3);
  for (const { rows, bytes_more } of streamed) {
    expect(rows).toBe(1_001_000);
    expect(bytes_more).toBeLessThan(100 * 1024 * 1024);
  }
});

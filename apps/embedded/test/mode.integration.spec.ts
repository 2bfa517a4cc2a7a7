import { killPrograms, start } from '@weir/testing';

/** Real: the program that `npm start` runs. */
afterAll(killPrograms);

it('does not start in the mode of the stack, and says what does', async () => {
  const program = start({
    WEIR_MODE: 'stack',
    DATABASE_URL: 'postgres://weir:weir@127.0.0.1:1/weir',
    CLICKHOUSE_HOST: '127.0.0.1',
    KAFKA_BROKERS: '127.0.0.1:1',
    TEMPORAL_ADDRESS: '127.0.0.1:1',
  });
  expect(await program.ended).toMatchObject({ status: 2 });
  expect(program.stderr).toMatch(/WEIR_MODE="stack".*docker compose up/);
});

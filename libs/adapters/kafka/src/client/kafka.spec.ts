import { pingKafka } from './admin.js';
import { connectKafka } from './kafka.js';

it('fails where no broker is: tells its caller and its log, and the console nothing', async () => {
  const written: unknown[] = [];
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write.bind(stream) }));
  for (const { stream } of streams) stream.write = (text: unknown) => written.push(text) > 0;
  const said: unknown[] = [];
  const kafka = connectKafka({
    // Nobody listens there.
    brokers: ['127.0.0.1:1'],
    clientId: 'spec',
    log: (level, message, details) => said.push({ level, message, details }),
  });
  const failure = await pingKafka(kafka, 30_000).then(
    () => null,
    (error: unknown) => error,
  );
  for (const { stream, write } of streams) stream.write = write;

  expect(failure).toMatchObject({ code: 'dependency_unavailable', retryable: true, details: { dependency: 'kafka' } });
  expect(said).toContainEqual({
    level: 'error',
    message: expect.stringContaining('ECONNREFUSED'),
    details: expect.objectContaining({ namespace: 'Connection', broker: '127.0.0.1:1' }),
  });
  expect(written).toEqual([]);
}, 40_000);

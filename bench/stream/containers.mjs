/**
 * What the stack's containers cost: seconds of a processor since their start, from Docker's engine. An insert or a record that
 * takes 20 µs of a core cannot be had at more than 100,000 a second on two, however many wait for it.
 */
import { Buffer } from 'node:buffer';
import { request } from 'node:http';

const socketPath = '/var/run/docker.sock';

function engine(path) {
  return new Promise((resolve, reject) => {
    request({ socketPath, path }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString())));
    })
      .once('error', reject)
      .end();
  });
}

/** @returns seconds of a core that a service's containers have used; NaN where Docker's engine cannot be asked. */
export async function coreSeconds(service) {
  const label = (name, value) => `com.docker.compose.${name}=${value}`;
  const labels = [label('project', process.env.WEIR_TEST_PROJECT), label('service', service)];
  try {
    const found = await engine(`/containers/json?filters=${encodeURIComponent(JSON.stringify({ label: labels }))}`);
    const stats = await Promise.all(
      found.map(({ Id }) => engine(`/containers/${Id}/stats?stream=false&one-shot=true`)),
    );
    return stats.length === 0
      ? NaN
      : stats.reduce((sum, { cpu_stats }) => sum + cpu_stats.cpu_usage.total_usage, 0) / 1e9;
  } catch {
    return NaN;
  }
}

/** Measures what services use while something runs. @returns its result, and microseconds of a core by service. */
export async function whileCounting(services, work) {
  const before = await Promise.all(services.map(coreSeconds));
  const result = await work();
  const after = await Promise.all(services.map(coreSeconds));
  return { result, micros: Object.fromEntries(services.map((name, n) => [name, (after[n] - before[n]) * 1e6])) };
}

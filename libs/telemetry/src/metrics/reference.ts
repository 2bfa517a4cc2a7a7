import { Metrics } from './metrics.js';
import { RunStateMetrics } from './run-state-metrics.js';
import { SinkMetrics } from './sink-metrics.js';

/** A metric as the reference shows it. */
export interface MetricDescription {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly about: string;
}

/** What prom-client measures on Linux only: in the reference wherever that is made. */
const onLinux: readonly MetricDescription[] = [
  ['process_heap_bytes', 'Process heap size in bytes.'],
  ['process_max_fds', 'Maximum number of open file descriptors.'],
  ['process_open_fds', 'Number of open file descriptors.'],
  ['process_virtual_memory_bytes', 'Virtual memory size in bytes.'],
].map(([name = '', about = '']) => ({ name, type: 'gauge', labels: [], about: `${about} Linux only.` }));

/** Every metric there is, read from a registry: Weir's own, then those of the process. */
export function describeMetrics(): { readonly weir: MetricDescription[]; readonly ofProcess: MetricDescription[] } {
  const { registry } = new Metrics({ version: '0', ofProcess: true });
  new SinkMetrics(registry);
  new RunStateMetrics(registry);
  const all = registry.getMetricsAsArray().map((metric): MetricDescription => {
    const { name, help, type, labelNames } = metric as unknown as RegisteredMetric;
    return { name, type: typeName(type), labels: labelNames ?? [], about: help };
  });
  const names = new Set(onLinux.map(({ name }) => name));
  const isOurs = ({ name }: MetricDescription) => name.startsWith('weir_');
  const ofProcess = [...all.filter((each) => !isOurs(each) && !names.has(each.name)), ...onLinux];
  return { weir: all.filter(isOurs), ofProcess: ofProcess.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** What a registered metric has, beyond what prom-client's types say. */
interface RegisteredMetric {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly labelNames?: readonly string[];
}

function typeName(type: string): string {
  return String(type).toLowerCase();
}

/** One value of a metric. */
export interface Sample {
  readonly name: string;
  readonly labels: { readonly [label: string]: string };
  readonly value: number;
}

export interface MetricFamily {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary' | 'untyped';
  readonly help: string;
  readonly samples: readonly Sample[];
}

const helpLine = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) ((?:[^\\\n]|\\[\\n])*)$/;
const typeLine = /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)$/;
const sampleLine =
  /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*",?)*)\})? (\S+)$/;
const labelPair = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\["\\n])*)"/g;
/** As Go's ParseFloat reads it, which is what Prometheus asks: prom-client writes `Nan`. */
const number = /^(?:[+-]?inf|nan|[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/i;

/**
 * Reads Prometheus' text format 0.0.4, strictly: HELP, TYPE, then the samples of that metric and no other; nothing twice;
 * the buckets of a histogram rise to `+Inf`, which is its count.
 * @throws Error with the line at fault.
 */
export function readMetrics(text: string): Map<string, MetricFamily> {
  if (!text.endsWith('\n')) throw new Error('the text does not end with a line feed');
  const families = new Map<string, MetricFamily & { readonly samples: Sample[] }>();
  const seen = new Set<string>();
  let help: { readonly name: string; readonly text: string } | undefined;
  let current: (MetricFamily & { readonly samples: Sample[] }) | undefined;
  for (const line of text.slice(0, -1).split('\n')) {
    if (line === '') continue;
    const [, helped, about] = helpLine.exec(line) ?? [];
    const [, typed, type] = typeLine.exec(line) ?? [];
    if (helped !== undefined) {
      if (families.has(helped)) throw new Error(`a metric twice: ${line}`);
      help = { name: helped, text: about ?? '' };
    } else if (typed !== undefined) {
      if (help?.name !== typed) throw new Error(`no HELP before: ${line}`);
      current = { name: typed, type: type as MetricFamily['type'], help: help.text, samples: [] };
      families.set(typed, current);
    } else {
      const sample = readSample(line);
      if (current === undefined || !belongs(sample, current)) throw new Error(`in the wrong place: ${line}`);
      const series = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
      if (seen.has(series)) throw new Error(`a series twice: ${line}`);
      seen.add(series);
      current.samples.push(sample);
    }
  }
  for (const family of families.values()) checkValues(family);
  return families;
}

/** The value of a series, or undefined where there is none. Of a histogram, by the name with `_count`, `_sum` or `_bucket`. */
export function sampleOf(
  families: ReadonlyMap<string, MetricFamily>,
  name: string,
  labels: { readonly [label: string]: string } = {},
): number | undefined {
  const wanted = Object.entries(labels);
  const samples = [...families.values()].flatMap((family) => family.samples);
  return samples.find(
    (sample) =>
      sample.name === name &&
      Object.keys(sample.labels).length === wanted.length &&
      wanted.every(([label, value]) => sample.labels[label] === value),
  )?.value;
}

function readSample(line: string): Sample {
  const [, name, pairs, value] = sampleLine.exec(line) ?? [];
  if (name === undefined || value === undefined || !number.test(value)) throw new Error(`no sample: ${line}`);
  const labels: { [label: string]: string } = {};
  for (const [, label = '', escaped = ''] of (pairs ?? '').matchAll(labelPair)) {
    if (label in labels) throw new Error(`a label twice: ${line}`);
    labels[label] = escaped.replace(/\\(.)/g, (_, each: string) => (each === 'n' ? '\n' : each));
  }
  return { name, labels, value: Number(value.replace('Inf', 'Infinity')) };
}

function belongs({ name, labels }: Sample, family: MetricFamily): boolean {
  if (family.type !== 'histogram') return name === family.name;
  if (name === `${family.name}_bucket`) return 'le' in labels;
  return name === `${family.name}_sum` || name === `${family.name}_count`;
}

function checkValues({ name, type, samples }: MetricFamily): void {
  if (type === 'counter' && samples.some(({ value }) => !(value >= 0))) throw new Error(`${name} falls below 0`);
  if (type !== 'histogram') return;
  const counts = samples.filter((sample) => sample.name === `${name}_count`);
  for (const { labels, value } of counts) {
    const buckets = samples.filter(
      (sample) =>
        sample.name === `${name}_bucket` &&
        Object.entries(labels).every(([label, each]) => sample.labels[label] === each),
    );
    const rises = buckets.every(
      ({ value: filled, labels: { le } }, index) =>
        index === 0 ||
        (filled >= (buckets[index - 1]?.value ?? 0) && bound(le) > bound(buckets[index - 1]?.labels['le'])),
    );
    const last = buckets.at(-1);
    if (!rises || last?.labels['le'] !== '+Inf' || last.value !== value)
      throw new Error(`the buckets of ${name} are wrong`);
  }
}

function bound(le: string | undefined): number {
  return Number((le ?? '').replace('Inf', 'Infinity'));
}

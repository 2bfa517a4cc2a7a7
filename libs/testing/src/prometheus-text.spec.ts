import { readMetrics, sampleOf } from './prometheus-text.js';

const histogram = (inner: string) => `# HELP h About.\n# TYPE h histogram\n${inner}`;

describe('the reader of metrics', () => {
  it('reads types, labels with escapes, and values', () => {
    const text =
      '# HELP a A counter.\n# TYPE a counter\na{x="1",y="q\\"\\\\\\n"} 3\na 4.5e-3\n\n' +
      histogram('h_bucket{le="0.5"} 1\nh_bucket{le="+Inf"} 2\nh_sum 1.5\nh_count 2\n');
    const metrics = readMetrics(text);
    expect(metrics.get('a')).toMatchObject({ type: 'counter', help: 'A counter.' });
    expect(sampleOf(metrics, 'a', { x: '1', y: 'q"\\\n' })).toBe(3);
    expect(sampleOf(metrics, 'a')).toBe(0.0045);
    expect(sampleOf(metrics, 'h_count')).toBe(2);
    expect(sampleOf(metrics, 'a', { x: '1' })).toBeUndefined();
  });

  it.each([
    ['no line feed at the end', '# HELP a A.\n# TYPE a gauge\na 1'],
    ['a sample without its type', 'a 1\n'],
    ['a type without help', '# TYPE a gauge\na 1\n'],
    ['a sample of another metric', '# HELP a A.\n# TYPE a gauge\nb 1\n'],
    ['a metric twice', '# HELP a A.\n# TYPE a gauge\na 1\n# HELP a A.\n# TYPE a gauge\n'],
    ['a series twice', '# HELP a A.\n# TYPE a gauge\na{x="1",y="2"} 1\na{y="2",x="1"} 1\n'],
    ['a label twice', '# HELP a A.\n# TYPE a gauge\na{x="1",x="2"} 1\n'],
    ['a value that is none', '# HELP a A.\n# TYPE a gauge\na undefined\n'],
    ['an unescaped quote', '# HELP a A.\n# TYPE a gauge\na{x="""} 1\n'],
    ['a counter below nought', '# HELP a A.\n# TYPE a counter\na -1\n'],
    ['buckets that fall', histogram('h_bucket{le="1"} 3\nh_bucket{le="+Inf"} 2\nh_sum 1\nh_count 2\n')],
    [
      'buckets out of order',
      histogram('h_bucket{le="2"} 1\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n'),
    ],
    ['buckets without an end', histogram('h_bucket{le="1"} 2\nh_sum 1\nh_count 2\n')],
    ['a count that is not that of the buckets', histogram('h_bucket{le="+Inf"} 2\nh_sum 1\nh_count 3\n')],
  ])('refuses %s', (_, text) => {
    expect(() => readMetrics(text)).toThrow();
  });
});

const METRICS = ['new_cases', 'new_deaths', 'new_recovered', 'new_hospitalized'];

/** What readers see of `covid`, as texts that two ways of loading it must agree on. */
export async function digest(client) {
  const metrics = METRICS.flatMap((metric) => [
    `round(sum(${metric}), 3) AS ${metric}`,
    `countIf(has(filled, '${metric}')) AS ${metric}_filled`,
  ]);
  const answer = await client.query({
    query: `SELECT count() AS readable, uniqExact(region) AS regions, min(date) AS first, max(date) AS last,
        ${metrics.join(', ')}, countIf(basis = 'spread') AS spread
      FROM incidence WHERE dataset = 'covid'`,
    format: 'JSONEachRow',
  });
  const [row] = await answer.json();
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)]));
}

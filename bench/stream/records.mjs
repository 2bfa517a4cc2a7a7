/** Days of a region. */
const days = 1_200;

/** A record as runs publish it, by its number, and in their order: region by region, day by day. @returns key and JSON. */
export function record(number) {
  const region = `R-${String(Math.floor(number / days)).padStart(4, '0')}`;
  const value = {
    dataset: 'bench',
    region,
    region_name: `Region ${region}`,
    date: new Date(Date.UTC(2020, 0, 1) + (number % days) * 86_400_000).toISOString().slice(0, 10),
    new_cases: (number % 997) / 7,
    new_deaths: number % 13,
    new_recovered: number % 5 === 0 ? null : number % 101,
    new_hospitalized: null,
    basis: number % 3 === 0 ? 'spread' : 'reported',
    filled: number % 11 === 0 ? ['new_deaths'] : [],
    source: 'bench-history.csv',
    run_id: '0198f6f0-5a3e-7c11-9a55-0c3f7e1d2b4a',
    revision: 1,
    withdrawn: false,
  };
  return { key: region, value: JSON.stringify(value) };
}

import { sampleFigures } from './sample-figures.js';
import { readSample } from './sample-reading.js';

describe('the figures of the sample', () => {
  it('are those of the README of covid in the straddling week, and one for each region and day', async () => {
    const rows = sampleFigures(await readSample());
    const lowerSluice = new Map(rows.filter(({ region }) => region === 'XA-08').map((row) => [row.date, row.figures]));
    const recovered = (219 / 7).toFixed(9);
    expect(lowerSluice.get('2023-05-15')).toMatchObject({ new_cases: '3.000000000', new_recovered: recovered });
    expect(lowerSluice.get('2023-05-21')).toMatchObject({ new_cases: '7.500000000', new_recovered: recovered });
    expect(rows).toHaveLength(19_466 + 98);
    expect(new Set(rows.map(({ region, date }) => `${region} ${date}`)).size).toBe(rows.length);
  });
});

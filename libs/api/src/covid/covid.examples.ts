import type { IncidenceRow, Page, RegionFigures, RegionSummary } from '@weir/incidence';

/** Answers as the docs show them: whole and consistent, of the made-up country of the sample. */

const run = '5f1c0f6e-0d0c-4a57-9a43-6f0a1f3a9d11';
const northmarch = { region: 'XA-01', region_name: 'Northmarch (synthetic)' } as const;
const daily = 'sample/history/daily.csv';
const weekly = 'sample/history/weekly.csv';

const days: Page<IncidenceRow> = {
  data: [
    {
      ...northmarch,
      date: '2023-05-15',
      new_cases: 9,
      new_deaths: 0,
      new_recovered: 16,
      new_hospitalized: 0,
      basis: 'reported',
      filled: [],
      source: daily,
      run_id: run,
      revision: 1,
    },
    {
      ...northmarch,
      date: '2023-05-16',
      new_cases: 6.166666666666667,
      new_deaths: 0.3333333333333333,
      new_recovered: 22.5,
      new_hospitalized: 0.6666666666666666,
      basis: 'spread',
      filled: [],
      source: weekly,
      run_id: run,
      revision: 1,
    },
  ],
  next_cursor: null,
};

const weeks: Page<IncidenceRow> = {
  data: [
    {
      ...northmarch,
      date: '2023-05-15',
      new_cases: 46,
      basis: 'mixed',
      filled: [],
      source: null,
      run_id: null,
      revision: 1,
      days: 7,
    },
  ],
  next_cursor: 'eyJzIjoxLCJyIjoiWEEtMDEiLCJkIjoiMjAyMy0wNS0xNSIsImYiOiJaM3hEMHFkVjlhYm0ifQ',
};

export const incidenceExamples = {
  days: { summary: 'Days of one region', value: days },
  weeks: { summary: 'interval=week&metrics=new_cases, and there is more', value: weeks },
};

export const csvExample = `region,region_name,date,new_cases,basis,filled,source,run_id,revision
XA-01,Northmarch (synthetic),2023-05-15,9,reported,,${daily},${run},1
XA-01,Northmarch (synthetic),2023-05-16,6.166666666666667,spread,,${weekly},${run},1
`;

export const ndjsonExample = days.data.map((row) => `${JSON.stringify(row)}\n`).join('');

export const regionsExample: Page<RegionSummary> = {
  data: [{ ...northmarch, first_date: '2020-03-01', last_date: '2024-01-07', count: 1408 }],
  next_cursor: null,
};

export const summaryExample: Page<RegionFigures> = {
  data: [
    {
      ...northmarch,
      latest_date: '2024-01-07',
      latest: {
        new_cases: 68.14285714285714,
        new_deaths: 0.2857142857142857,
        new_recovered: 71,
        new_hospitalized: 4.142857142857143,
      },
      basis: 'spread',
      filled: [],
      totals: { new_cases: 150245, new_deaths: 1215, new_recovered: 141977, new_hospitalized: 8026 },
      seven_days: { new_cases: 477, new_deaths: 2, new_recovered: 497, new_hospitalized: 29 },
      seven_days_before: { new_cases: 581, new_deaths: 3, new_recovered: 520, new_hospitalized: 27 },
      change: {
        new_cases: -0.17900172117039592,
        new_deaths: -0.33333333333333337,
        new_recovered: -0.044230769230769185,
        new_hospitalized: 0.07407407407407418,
      },
      days: 1408,
      revision: 2,
    },
  ],
  next_cursor: null,
};

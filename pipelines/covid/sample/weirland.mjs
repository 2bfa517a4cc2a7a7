/** Weirland, a country that does not exist: what the generator knows of it. Change a number here, then run generate.mjs. */

export const FIRST_DAY = '2020-03-01';
/** Up to and including this day the regions reported daily; then once a week, on Sunday, for the week. */
export const LAST_DAILY = '2023-05-15';
export const FIRST_SUNDAY = '2023-05-21';
export const LAST_SUNDAY = '2023-12-31';
/** The week of the page: Monday to Sunday, the first one that is not in the history. */
export const PAGE_MONDAY = '2024-01-01';
export const PAGE_SUNDAY = '2024-01-07';

export const COUNTRY = 'Whole country';
export const METRICS = ['new_cases', 'new_deaths', 'new_recovered', 'new_hospitalized'];
/** Before this day nobody counted hospital admissions: the column begins with blanks. */
export const FIRST_HOSPITALIZED = '2020-05-11';

/**
 * Code, name in the history, name on the page (which writes some in its own way), district, people, the first day with
 * figures, and by how many days waves come later than in the capital.
 */
const REGION_ROWS = [
  ['XA-01', 'Northmarch', 'Northmarch', 'Northern District', 610_000, '2020-03-01', 6],
  ['XA-02', 'Headwater Hills', 'Headwater Hills', 'Northern District', 340_000, '2020-03-09', 11],
  ['XA-03', 'Upper Sluice', 'Upper Sluice Region', 'Northern District', 820_000, '2020-03-01', 3],
  ['XA-04', 'Millrace Vale', 'Millrace Vale', 'Northern District', 1_150_000, '2020-03-01', 2],
  ['XA-05', 'Penstock Heights', 'Penstock Heights', 'Northern District', 470_000, '2020-03-05', 8],
  ['XA-06', 'Highweir City', 'City of Highweir', 'Northern District', 2_400_000, '2020-03-01', 0],
  ['XA-07', 'Frostlock', 'Frostlock', 'Northern District', 160_000, '2020-04-02', 16],
  ['XA-08', 'Lower Sluice', 'Lower Sluice Region', 'Southern District', 930_000, '2020-03-01', 4],
  ['XA-09', 'Oxbow Plains', 'Oxbow Plains', 'Southern District', 720_000, '2020-03-01', 7],
  ['XA-10', 'Spillway Coast', 'Spillway Coast', 'Southern District', 1_380_000, '2020-03-01', 1],
  ['XA-11', 'Tailwater', 'Tailwater', 'Southern District', 390_000, '2020-03-12', 9],
  ['XA-12', 'Eddy Islands', 'Eddy Islands Territory', 'Southern District', 90_000, '2020-05-18', 19],
  ['XA-13', 'Floodgate Bay', 'Floodgate Bay', 'Southern District', 540_000, '2020-03-01', 5],
  ['XA-14', 'Siltmouth', 'Siltmouth', 'Southern District', 280_000, '2020-03-16', 12],
];
export const REGIONS = REGION_ROWS.map(([code, name, pageName, district, people, first, delay]) => {
  return { code, name, pageName, district, people, first, delay };
});
export const DISTRICTS = ['Northern District', 'Southern District'];

/** Day of the peak, days of rise and of fall, cases a day per 100,000 people at the peak. */
export const WAVES = [
  { peak: '2020-04-12', rise: 38, fall: 75, height: 7 },
  { peak: '2020-11-22', rise: 80, fall: 75, height: 44 },
  { peak: '2021-03-28', rise: 60, fall: 80, height: 29 },
  { peak: '2021-11-28', rise: 90, fall: 65, height: 56 },
  { peak: '2022-02-06', rise: 42, fall: 75, height: 165 },
  { peak: '2022-07-17', rise: 48, fall: 70, height: 42 },
  { peak: '2022-10-09', rise: 45, fall: 70, height: 38 },
  { peak: '2023-03-05', rise: 60, fall: 80, height: 24 },
  { peak: '2023-12-17', rise: 110, fall: 90, height: 13 },
];
export const BACKGROUND = 0.5;

/** Sunday to Saturday: offices are closed at weekends. Adds up to 7. */
export const WEEKDAYS = [0.62, 0.78, 1.12, 1.2, 1.18, 1.14, 0.96];

/** What follows a case, how many days later, on which share of the cases (by year, straight lines between). */
export const OUTCOMES = {
  new_deaths: {
    from: 14,
    to: 20,
    share: { '2020-03-01': 0.034, '2021-03-01': 0.017, '2022-01-15': 0.004, '2024-01-07': 0.003 },
  },
  new_recovered: { from: 8, to: 14, share: { '2020-03-01': 0.93, '2024-01-07': 0.97 } },
  new_hospitalized: {
    from: 2,
    to: 6,
    share: { '2020-03-01': 0.16, '2021-06-01': 0.1, '2022-02-01': 0.03, '2024-01-07': 0.05 },
  },
};

/** Figures taken back: what a region counted too much before it subtracts on one day. */
export const CORRECTIONS = [
  { region: 'Oxbow Plains', date: '2020-06-24', metric: 'new_cases', value: -18 },
  { region: 'Siltmouth', date: '2020-12-29', metric: 'new_cases', value: -37 },
  { region: 'Millrace Vale', date: '2021-02-10', metric: 'new_deaths', value: -4 },
  { region: 'Highweir City', date: '2021-05-19', metric: 'new_recovered', value: -212 },
  { region: 'Tailwater', date: '2022-04-27', metric: 'new_hospitalized', value: -9 },
  { region: 'Northmarch', date: '2022-09-01', metric: 'new_deaths', value: -1 },
];

/** Week sums that never came. */
export const WEEKLY_BLANKS = [
  { region: 'Eddy Islands', date: '2023-08-06', metric: 'new_hospitalized' },
  { region: 'Northmarch', date: '2023-09-17', metric: 'new_deaths' },
  { region: 'Frostlock', date: '2023-10-01', metric: 'new_recovered' },
  { region: 'Frostlock', date: '2023-10-08', metric: 'new_recovered' },
];

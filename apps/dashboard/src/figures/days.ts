/** Days as the API writes them, `YYYY-MM-DD`; all arithmetic is in UTC. */
export type Day = string;

const DAY = 86_400_000;

export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10);
}

/** Every `step`-th day from the first to the last, both included. */
export function daysBetween(first: Day, last: Day, step = 1): Day[] {
  const days: Day[] = [];
  for (let time = Date.parse(first); time <= Date.parse(last); time += step * DAY) {
    days.push(new Date(time).toISOString().slice(0, 10));
  }
  return days;
}

/** Whether the text is a day that exists, or a time in UTC of one: `2023-05-16T07:30:00.123Z`. */
export function isMoment(text: string): boolean {
  const [day = '', time] = text.split('T');
  return isDay(day) && (time === undefined || (time.endsWith('Z') && !Number.isNaN(Date.parse(text))));
}

/** Whether the text is a day that exists. */
export function isDay(text: string): boolean {
  const time = Date.parse(text);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

import type { EChartsCoreOption } from 'echarts/core';
import { brief, dayInWords } from '../look/text.js';
import type { Colours } from './colours.js';
import type { Making, Series } from './series.js';

/** Pixels beside the plot; the slider below it is inset as far, so that its handle stands under its day. */
export const INSET = { left: 52, right: 12 } as const;

export interface Drawn {
  readonly series: readonly Series[];
  /** The first series' means as they are known now, where an earlier state is shown; else null. */
  readonly meanNow: readonly (number | null)[] | null;
}

/**
 * One region: its figures as bars by how they came about, and their mean. Several: a line each, of means (by day) or sums
 * (by week), broken where the figures are not as the source had them.
 */
export function chartOption({ series, meanNow }: Drawn, interval: 'day' | 'week', colours: Colours): EChartsCoreOption {
  const dates = (series[0]?.points ?? []).map(({ date }) => date);
  return {
    animation: false,
    textStyle: { fontFamily: 'system-ui, sans-serif', color: colours.text },
    grid: { ...INSET, top: 12, bottom: 28 },
    xAxis: {
      type: 'category',
      data: dates,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.grid } },
      axisLabel: { color: colours.faint, hideOverlap: true, interval: labelsOf(dates), formatter: labelOf(dates) },
    },
    yAxis: {
      type: 'value',
      axisLabel: { color: colours.faint, formatter: brief },
      splitLine: { lineStyle: { color: colours.grid } },
    },
    series: series.length === 1 ? ofOne(series[0] as Series, meanNow, colours) : ofMany(series, interval, colours),
  };
}

/** Nothing in the chart answers the pointer: what stands under it is read out above. It spares each bar its other states. */
const STILL = { silent: true, emphasis: { disabled: true } } as const;

const STRIPES = { symbol: 'rect', symbolSize: 1, dashArrayX: [1, 0], dashArrayY: [2, 3], rotation: -Math.PI / 4 };
const DOTS = { symbol: 'circle', symbolSize: 0.8, dashArrayX: [[2, 2]], dashArrayY: [3, 2] };

/** A line has nothing to show of a point that has none beside it: that one is a dot. */
const LONE_ONLY = { showSymbol: true, showAllSymbol: true, symbol: 'none' } as const;

function loneAsDot(value: number | null, at: number, all: readonly (number | null)[]): object | number | null {
  const beside = [all[at - 1], all[at + 1]].some((other) => typeof other === 'number');
  return value === null || beside ? value : { value, symbol: 'circle', symbolSize: 6 };
}

function ofOne({ points }: Series, meanNow: readonly (number | null)[] | null, colours: Colours): object[] {
  // Each day has its figure in one of the three, so that they share one place; to stack them would be to add them up first.
  const bars = (making: Making, decal: object) => ({
    ...STILL,
    type: 'bar',
    name: making,
    barGap: '-100%',
    barCategoryGap: points.length > 200 ? '0%' : '15%',
    itemStyle: { color: colours[making], decal },
    data: points.map((point) => (point.making === making ? point.value : null)),
  });
  const line = (name: string, color: string, data: readonly (number | null)[], dashed: boolean) => ({
    ...STILL,
    type: 'line',
    name,
    ...LONE_ONLY,
    lineStyle: { width: 2, type: dashed ? 'dashed' : 'solid' },
    itemStyle: { color },
    data: data.map(loneAsDot),
  });
  return [
    bars('reported', { symbol: 'none' }),
    bars('spread', { ...STRIPES, color: 'rgba(0, 0, 0, 0.28)' }),
    bars('filled', { ...DOTS, color: 'rgba(0, 0, 0, 0.45)' }),
    line(
      'mean',
      colours.mean,
      points.map(({ mean }) => mean),
      false,
    ),
    ...(meanNow === null ? [] : [line('mean_now', colours.faint, meanNow, true)]),
  ];
}

function ofMany(series: readonly Series[], interval: 'day' | 'week', colours: Colours): object[] {
  return series.flatMap(({ region, points }, index) => {
    const values = points.map(({ mean, value }) => (interval === 'day' ? mean : value));
    const made = points.map(({ making }) => making !== 'reported');
    // A dotted stretch begins at the last point before it and ends at the first after it, so that no gap is between them.
    const beside = (at: number) => made[at - 1] === true || made[at + 1] === true;
    const part = (other: boolean) =>
      values.map((value, at) => (made[at] === other || (other && beside(at)) ? value : null));
    return [false, true].map((other) => ({
      ...STILL,
      type: 'line',
      name: `${region} ${other ? 'spread or carried forward' : 'reported'}`,
      ...LONE_ONLY,
      lineStyle: { width: 2, type: other ? [3, 3] : 'solid' },
      itemStyle: { color: colours.regions[index] },
      data: part(other).map(loneAsDot),
    }));
  });
}

/** Years where there are many, else months, else days: where one begins. */
function labelsOf(dates: readonly string[]): (index: number) => boolean {
  const length = partOf(dates);
  return (index) => {
    const before = dates[index - 1];
    return before === undefined ? length === 10 : before.slice(0, length) !== dates[index]?.slice(0, length);
  };
}

function labelOf(dates: readonly string[]): (date: string) => string {
  const length = partOf(dates);
  return (date) => {
    if (length === 4) return date.slice(0, 4);
    const [day = '', month = '', year = ''] = dayInWords(date).split(' ');
    if (length === 10) return `${day} ${month}`;
    return month === 'Jan' ? year : month;
  };
}

/** Of a date: 4 characters are its year, 7 its month, 10 its day. */
function partOf(dates: readonly string[]): 4 | 7 | 10 {
  const days = (Date.parse(dates.at(-1) ?? '') - Date.parse(dates[0] ?? '')) / 86_400_000;
  if (days > 4 * 366) return 4;
  return days > 62 ? 7 : 10;
}

import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { chartOption, INSET, type Drawn } from './chart-option.js';
import { coloursOf } from './colours.js';

use([BarChart, LineChart, GridComponent, SVGRenderer]);

export interface ChartProps {
  readonly drawn: Drawn;
  readonly interval: 'day' | 'week';
  /** What it shows, in one sentence. */
  readonly label: string;
  /** The point that is read out. */
  readonly at: number;
  readonly onPoint: (index: number) => void;
  /** Of a point, as the slider says it. */
  readonly sayPoint: (index: number) => string;
}

/** The chart and, under it, a slider that goes through its points with the keyboard as the pointer does over it. */
export default function Chart({ drawn, interval, label, at, onPoint, sayPoint }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  const [width, setWidth] = useState(0);
  const last = (drawn.series[0]?.points.length ?? 0) - 1;

  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    const made = init(element, null, { renderer: 'svg' });
    chart.current = made;
    const sized = new ResizeObserver(() => {
      // It draws everything again, and an observer begins with the size that there is.
      if (made.getWidth() !== element.clientWidth || made.getHeight() !== element.clientHeight) made.resize();
      setWidth(element.clientWidth);
    });
    sized.observe(element);
    return () => {
      sized.disconnect();
      made.dispose();
    };
  }, []);

  useLayoutEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const draw = () => {
      if (place.current === null) return;
      chart.current?.setOption(chartOption(drawn, interval, coloursOf(place.current)), { notMerge: true });
    };
    draw();
    dark.addEventListener('change', draw);
    return () => dark.removeEventListener('change', draw);
  }, [drawn, interval]);

  const plot = Math.max(1, width - INSET.left - INSET.right);
  const under = (event: PointerEvent) => {
    const left = event.clientX - (event.currentTarget as Element).getBoundingClientRect().left - INSET.left;
    onPoint(Math.max(0, Math.min(last, Math.floor((left / plot) * (last + 1)))));
  };

  return (
    <div class="chart">
      <div class="plot" onPointerMove={under} onPointerDown={under}>
        <div ref={place} class="canvas" role="img" aria-label={label} />
        <div class="cursor" style={{ left: `${INSET.left + (plot * (at + 0.5)) / (last + 1)}px` }} />
      </div>
      <input
        type="range"
        aria-label={interval === 'day' ? 'Day to read out' : 'Week to read out'}
        aria-valuetext={sayPoint(at)}
        min={0}
        max={last}
        value={at}
        style={{ marginLeft: `${INSET.left}px`, width: `${plot}px` }}
        onInput={(event) => onPoint(Number(event.currentTarget.value))}
      />
    </div>
  );
}

import { useEffect, useState } from 'preact/hooks';
import { isDay, type Day } from './days.js';
import { PeriodPresets } from './period-presets.js';
import type { Region } from './figures-page.js';
import { METRICS, regionsOf, type FiguresQuestion, type Metric } from './question.js';
import { RegionPicker } from './region-picker.js';

interface ControlsProps {
  readonly question: FiguresQuestion;
  readonly all: readonly Region[];
  readonly onAsk: (question: FiguresQuestion) => void;
}

/** What is shown, and how; each change is a new address, so that the browser's way back works. */
export function Controls({ question, all, onAsk }: ControlsProps) {
  const regions = regionsOf(question, all);
  const change = (part: Partial<FiguresQuestion>) => onAsk({ ...question, ...part });
  const today = new Date().toISOString().slice(0, 10);
  return (
    <section class="controls" aria-label="What is shown">
      <RegionPicker chosen={regions} all={all} onChoose={(codes) => change({ regions: codes })} />
      <label>
        Figure
        <select value={question.metric} onChange={(event) => change({ metric: event.currentTarget.value as Metric })}>
          {Object.entries(METRICS).map(([metric, name]) => (
            <option key={metric} value={metric}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <fieldset class="segments">
        <legend>By</legend>
        {(['day', 'week'] as const).map((interval) => (
          <label key={interval}>
            <input
              type="radio"
              name="interval"
              checked={question.interval === interval}
              onChange={() => change({ interval })}
            />
            <span>{interval}</span>
          </label>
        ))}
      </fieldset>
      <DayField label="From" value={question.from} onDay={(from) => change({ from })} />
      <DayField label="To" value={question.to} onDay={(to) => change({ to })} />
      <PeriodPresets question={question} regions={regions} onPeriod={change} />
      <DayField
        label="As it was on"
        value={question.asOf?.slice(0, 10) ?? null}
        most={today}
        onDay={(asOf) => change({ asOf })}
      />
    </section>
  );
}

interface DayFieldProps {
  readonly label: string;
  readonly value: Day | null;
  readonly most?: Day;
  readonly onDay: (day: Day | null) => void;
}

const EARLIEST = '1900-01-01';

/** While a year is being typed, browsers tell of each digit, 0002, 0020, 0202: the field keeps them, and asks nothing. */
function DayField({ label, value, most, onDay }: DayFieldProps) {
  const [text, setText] = useState(value ?? '');
  useEffect(() => setText(value ?? ''), [value]);
  const typed = (next: string) => {
    setText(next);
    if (next === '' || (isDay(next) && next >= EARLIEST)) onDay(next === '' ? null : next);
  };
  return (
    <label>
      {label}
      <input
        type="date"
        value={text}
        min={EARLIEST}
        max={most}
        onChange={(event) => typed(event.currentTarget.value)}
      />
    </label>
  );
}

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

const EARLIEST = '1900-01-01';

/** What is shown, and how; each change is a new address, so that the browser's way back works. */
export function Controls({ question, all, onAsk }: ControlsProps) {
  const regions = regionsOf(question, all);
  const change = (part: Partial<FiguresQuestion>) => onAsk({ ...question, ...part });
  const today = new Date().toISOString().slice(0, 10);
  const day = (label: string, value: Day | null, onDay: (day: Day | null) => void, most?: Day) => (
    <label>
      {label}
      <input
        type="date"
        value={value ?? ''}
        min={EARLIEST}
        max={most}
        onChange={({ currentTarget: { value: text } }) => {
          // While a year is being typed, browsers tell of each digit: 0002, 0020, 0202.
          if (text === '' || (isDay(text) && text >= EARLIEST)) onDay(text === '' ? null : text);
        }}
      />
    </label>
  );
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
      {day('From', question.from, (from) => change({ from }))}
      {day('To', question.to, (to) => change({ to }))}
      <PeriodPresets question={question} regions={regions} onPeriod={change} />
      {day('As it was on', question.asOf?.slice(0, 10) ?? null, (asOf) => change({ asOf }), today)}
    </section>
  );
}

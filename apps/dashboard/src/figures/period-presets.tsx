import { addDays } from './days.js';
import type { FiguresQuestion } from './question.js';
import type { Region } from './figures-page.js';

interface PeriodPresetsProps {
  readonly question: FiguresQuestion;
  readonly regions: readonly Region[];
  readonly onPeriod: (period: Pick<FiguresQuestion, 'from' | 'to'>) => void;
}

const PRESETS = [
  ['90 days', 90],
  ['1 year', 365],
  ['All', null],
] as const;

/** Periods that end with the latest figures. */
export function PeriodPresets({ question, regions, onPeriod }: PeriodPresetsProps) {
  const last = regions.reduce((latest, { last_date }) => (last_date > latest ? last_date : latest), '');
  return (
    <fieldset class="segments">
      <legend>Period</legend>
      {PRESETS.map(([name, days]) => {
        const from = days === null || last === '' ? null : addDays(last, 1 - days);
        return (
          <label key={name}>
            <input
              type="radio"
              name="period"
              checked={question.to === null && question.from === from}
              onChange={() => onPeriod({ from, to: null })}
            />
            <span>{name}</span>
          </label>
        );
      })}
    </fieldset>
  );
}

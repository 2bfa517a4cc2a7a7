import { useRef, useState } from 'preact/hooks';
import { REGION_COLOURS } from './colours.js';
import type { Region } from './figures-page.js';
import { MOST_REGIONS } from './question.js';

interface RegionPickerProps {
  readonly chosen: readonly Region[];
  readonly all: readonly Region[];
  readonly onChoose: (codes: readonly string[]) => void;
}

/** The chosen regions, each with its colour where there are several, and a list to choose from. */
export function RegionPicker({ chosen, all, onChoose }: RegionPickerProps) {
  const [sought, setSought] = useState('');
  const summary = useRef<HTMLElement>(null);
  const codes = chosen.map(({ region }) => region);
  const text = sought.trim().toLowerCase();
  const found = all.filter(({ region, region_name: name }) => `${region} ${name}`.toLowerCase().includes(text));
  const toggle = (code: string) =>
    onChoose(codes.includes(code) ? codes.filter((other) => other !== code) : [...codes, code]);
  return (
    <fieldset class="regions">
      <legend>Regions</legend>
      <ul class="chips">
        {chosen.map(({ region, region_name: name }, index) => (
          <li key={region}>
            {chosen.length > 1 && <i class="swatch" style={{ background: `var(--region-${REGION_COLOURS[index]})` }} />}
            {name}
            {chosen.length > 1 && (
              <button
                class="remove"
                aria-label={`Remove ${name}`}
                onClick={() => {
                  toggle(region);
                  // The button goes with its region: the keyboard goes on at the list.
                  summary.current?.focus();
                }}
              >
                ×
              </button>
            )}
          </li>
        ))}
      </ul>
      <details
        class="picker"
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.currentTarget.open = false;
          summary.current?.focus();
        }}
      >
        <summary ref={summary}>Choose …</summary>
        <div class="popup">
          <label>
            Find
            <input type="search" value={sought} onInput={(event) => setSought(event.currentTarget.value)} />
          </label>
          <ul>
            {found.map(({ region, region_name: name, first_date, last_date }) => (
              <li key={region}>
                <label class="check">
                  <input
                    type="checkbox"
                    checked={codes.includes(region)}
                    disabled={codes.includes(region) ? codes.length === 1 : codes.length >= MOST_REGIONS}
                    onChange={() => toggle(region)}
                  />
                  <span>
                    {name}{' '}
                    <small>
                      {region}, {first_date} to {last_date}
                    </small>
                  </span>
                </label>
              </li>
            ))}
          </ul>
          {found.length === 0 && <p class="quiet">No region has “{sought}” in its name or code.</p>}
          {codes.length >= MOST_REGIONS && <p class="quiet">{MOST_REGIONS} regions at once are the most.</p>}
        </div>
      </details>
    </fieldset>
  );
}

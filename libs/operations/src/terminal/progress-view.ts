import type { Progress } from '@weir/orchestration';
import { Presets, SingleBar } from 'cli-progress';

/** What people call a run's steps. */
const STEPS: { readonly [step: string]: string } = {
  extract: 'fetching',
  transform: 'transforming',
  load_data: 'loading',
};

export interface ProgressView {
  readonly show: (progress: Progress) => void;
  /** Ends the bar, if there is one, so that a line can be printed; a bar that is not ended leaves the cursor hidden. */
  readonly end: () => void;
}

/** A bar on a terminal; elsewhere a plain line per step, and none for its smaller steps. */
export function progressView(stream: NodeJS.WriteStream): ProgressView {
  return stream.isTTY ? bars(stream) : lines(stream);
}

function bars(stream: NodeJS.WriteStream): ProgressView {
  let bar: SingleBar | null = null;
  let step = '';
  const end = () => {
    bar?.stop();
    bar = null;
  };
  return {
    end,
    show(progress) {
      const { run_id, done, total, unit } = progress;
      const current = `${run_id} ${progress.step}`;
      if (!bar || step !== current) {
        end();
        step = current;
        // A full bar would say that the step is done; where nobody knows the total there is none.
        const format = total === null ? '  {name} {value} {unit}' : '  {name} [{bar}] {value}/{total} {unit}';
        bar = new SingleBar({ stream, format, barsize: 30, hideCursor: true }, Presets.legacy);
        bar.start(total ?? done, done, { name: (STEPS[progress.step] ?? progress.step).padEnd(12), unit });
      }
      bar.setTotal(total ?? done);
      bar.update(done);
    },
  };
}

function lines(stream: NodeJS.WriteStream): ProgressView {
  let last = '';
  return {
    end: () => undefined,
    show({ step, done, total, unit }) {
      // The end of a step with a known total says it all; of one without, its only report.
      if (total !== null && done < total) return;
      const line = `  ${(STEPS[step] ?? step).padEnd(12)} ${done} ${unit}\n`;
      if (line === last) return;
      last = line;
      stream.write(line);
    },
  };
}

import type { HealthProbe } from '@weir/operations';

/** Milliseconds: somewhat less than whoever asks is patient for. */
const patience = 2_500;

interface SinkHealth {
  readonly reasons?: readonly { readonly code: string; readonly message: string }[];
}

/** Asks the keeper how the sink is. It knows: it watches the connectors, and what they need, with their own login. */
export function sinkProbe(keeperUrl: string): HealthProbe {
  return {
    name: 'sink',
    async check() {
      const answer = await fetch(`${keeperUrl}/health`, { signal: AbortSignal.timeout(patience) }).catch(
        (cause: unknown) => {
          throw new Error('the keeper does not answer', { cause });
        },
      );
      if (answer.ok) return;
      throw new Error(`the keeper says so: ${reasonsOf(await answer.text()) || `status ${answer.status}`}`);
    },
  };
}

/** What the keeper gives as reasons; or the beginning of what else was said. */
function reasonsOf(text: string): string {
  try {
    const { reasons = [] } = JSON.parse(text) as SinkHealth;
    return reasons.map(({ code, message }) => `${code}: ${message}`).join('; ');
  } catch {
    return text.slice(0, 200);
  }
}

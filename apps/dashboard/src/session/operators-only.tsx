import type { ComponentChildren } from 'preact';
import { useSession } from './session-context.js';

/** What only a key with the scope `pipelines` may see; others are told how to get one. */
export function OperatorsOnly({ children }: { readonly children: ComponentChildren }) {
  const { key, profile, openKey } = useSession();
  if (key !== null && profile === null) return <p class="quiet">Asking …</p>;
  if (profile?.scopes.includes('pipelines')) return <>{children}</>;
  const email = profile?.email ?? 'you@example.org';
  return (
    <section class="card">
      <h1>For operators</h1>
      <p>
        Runs, pipelines, workers and dead letters are shown to keys with the scope <code>pipelines</code>.{' '}
        {profile === null ? 'There is no key here yet.' : `This key has ${profile.scopes.join(', ') || 'no scope'}.`}{' '}
        Who operates this Weir makes one with:
      </p>
      <pre>npx weir keys create --email {email} --scopes data,pipelines</pre>
      <button class="primary" onClick={openKey}>
        Use another key
      </button>
    </section>
  );
}

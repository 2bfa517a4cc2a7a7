import type { ComponentChildren } from 'preact';
import { WhenHere } from '../look/state.js';
import { useSession, type Profile } from './session-context.js';

/** What only a key with the scope `pipelines` may see; others are told how to get one. */
export function OperatorsOnly({ children }: { readonly children: ComponentChildren }) {
  const { key, profile } = useSession();
  if (key === null) return <Explained profile={null} />;
  return (
    <WhenHere answer={profile}>
      {(known) => (known.scopes.includes('pipelines') ? children : <Explained profile={known} />)}
    </WhenHere>
  );
}

function Explained({ profile }: { readonly profile: Profile | null }) {
  const { openKey } = useSession();
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

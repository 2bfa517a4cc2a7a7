import { useEffect, useRef, useState } from 'preact/hooks';
import { Copy } from '../look/copy.js';
import { clientWith, type Keeping } from './session.js';
import { problemText } from './use-answer.js';

type Way = 'register' | 'enter' | 'replace';

const WAYS: { readonly [way in Way]: { readonly name: string; readonly submit: string; readonly about: string } } = {
  register: {
    name: 'Get a key',
    submit: 'Get a key',
    about: 'An e-mail and a password of your choice, and the figures are here. The key works in your programs, too.',
  },
  enter: { name: 'I have a key', submit: 'Use this key', about: 'Paste it; it goes to this server only.' },
  replace: {
    name: 'I lost my key',
    submit: 'Replace my key',
    about: 'You get a new key, and the old one stops at once, also in your programs.',
  },
};

export interface KeyPanelProps {
  /** Whether it opened because somebody asked for it: they go on in its first field. */
  readonly focused: boolean;
  /** @param isNew whether the server issued it just now, and nobody knows it yet. */
  readonly onKey: (key: string, keeping: Keeping, isNew: boolean) => void;
}

/** From nothing to a key that works, in one step. A new key is shown, because the server tells it only this once. */
export function KeyPanel({ focused, onKey }: KeyPanelProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (focused) form.current?.querySelector('input')?.focus();
  }, [focused]);
  const [way, setWay] = useState<Way>('register');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { submit, about } = WAYS[way];

  const send = async (form: FormData) => {
    const field = (name: string) => String(form.get(name) ?? '').trim();
    const keeping: Keeping = form.get('keep') === null ? 'tab' : 'device';
    if (way === 'enter') {
      const key = field('key');
      if (!/^[\x21-\x7e]+$/.test(key))
        return setProblem('A key is one word of letters, digits and signs: copy all of it.');
      await clientWith(key).get('/users/me');
      return onKey(key, keeping, false);
    }
    const body = { email: field('email'), password: String(form.get('password') ?? '') };
    const { api_key } = await clientWith(null).post(way === 'register' ? '/users' : '/users/key', { body });
    onKey(api_key, keeping, true);
  };

  return (
    <section class="card key-panel" aria-labelledby="key-title">
      <h2 id="key-title">{WAYS[way].name}</h2>
      <p>{about}</p>
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          setBusy(true);
          setProblem(null);
          send(new FormData(event.currentTarget))
            .catch((error: Error) => setProblem(problemText(error)))
            .finally(() => setBusy(false));
        }}
      >
        {way === 'enter' ? (
          <label>
            Key
            <input name="key" required autocomplete="off" spellcheck={false} placeholder="weir_…" />
          </label>
        ) : (
          <>
            <label>
              E-mail
              <input name="email" type="email" required autocomplete="username" />
            </label>
            <label>
              Password
              <input
                name="password"
                type="password"
                required
                minLength={8}
                autocomplete={way === 'register' ? 'new-password' : 'current-password'}
              />
              {way === 'register' && <small>At least 8 characters; with it you can replace a lost key.</small>}
            </label>
          </>
        )}
        <label class="check">
          <input type="checkbox" name="keep" /> Keep the key on this device, not just in this tab
        </label>
        {problem !== null && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        <button class="primary" disabled={busy}>
          {busy ? 'One moment …' : submit}
        </button>
      </form>
      <p class="ways">
        {(Object.keys(WAYS) as Way[])
          .filter((other) => other !== way)
          .map((other) => (
            <button
              key={other}
              class="link"
              onClick={() => {
                setWay(other);
                setProblem(null);
              }}
            >
              {WAYS[other].name}
            </button>
          ))}
      </p>
    </section>
  );
}

/** A key that was just issued. */
export function NewKey({ value, onClose }: { readonly value: string; readonly onClose: () => void }) {
  return (
    <section class="card notice" role="status">
      <div>
        <strong>Your key, shown this once.</strong> Send it as <code>x-key</code> from your programs.
      </div>
      <code class="secret">{value}</code>
      <Copy text={value} name="Copy the key" shown />
      <button onClick={onClose}>I have it</button>
    </section>
  );
}

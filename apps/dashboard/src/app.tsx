import { useEffect, useRef, useState } from 'preact/hooks';
import { DeadLettersPage } from './dead-letters/dead-letters-page.js';
import { FiguresPage } from './figures/figures-page.js';
import { HealthPage } from './health/health-page.js';
import { PipelinesPage } from './pipelines/pipelines-page.js';
import { focusContent } from './look/focus.js';
import { hashOf, readRoute, type Route } from './route.js';
import { RunPage } from './runs/run-page.js';
import { RunsPage } from './runs/runs-page.js';
import { KeyPanel, NewKey } from './session/key-panel.js';
import { OperatorsOnly } from './session/operators-only.js';
import { SessionContext } from './session/session-context.js';
import { clientWith, forgetKey, keepKey, keptKey } from './session/session.js';
import { useAnswer } from './session/use-answer.js';

const PAGES = {
  figures: 'Figures',
  runs: 'Runs',
  pipelines: 'Pipelines',
  'dead-letters': 'Dead letters',
  health: 'Health',
} as const;

export function App() {
  const route = useRoute();
  const [key, setKey] = useState(keptKey);
  const [issued, setIssued] = useState<string | null>(null);
  const [choosing, setChoosing] = useState(false);
  const [lost, setLost] = useState(false);
  /** A key that was replaced or revoked, since the last visit or just now. */
  const refused = () => {
    if (key === null) return;
    forgetKey(key);
    setKey((now) => (now === key ? keptKey() : now));
    setIssued(null);
    setLost(true);
  };
  const client = clientWith(key, refused);
  const profile = useAnswer(key, (signal) => client.get('/users/me', { signal }));

  const forget = () => {
    forgetKey();
    setKey(null);
    setIssued(null);
    setChoosing(false);
    setLost(false);
    focusContent();
  };

  const page = Object.hasOwn(PAGES, route.path[0] ?? '') ? (route.path[0] as keyof typeof PAGES) : 'figures';
  const [, id] = page === 'runs' ? route.path : [];
  const first = useRef(true);
  useEffect(() => {
    document.title = `${id === undefined ? PAGES[page] : `Run ${id}`} · Weir`;
    // Where a link led to: a keyboard and a screen reader go on from there.
    if (!first.current) focusContent();
    first.current = false;
  }, [page, id]);

  return (
    <SessionContext.Provider value={{ key, client, profile, openKey: () => setChoosing(true) }}>
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), focusContent())}>
        To the content
      </a>
      <header>
        <a class="brand" href={hashOf(['figures'])}>
          Weir
        </a>
        <nav aria-label="Pages">
          {Object.entries(PAGES).map(([name, title]) => (
            <a key={name} href={hashOf([name])} aria-current={name === page ? 'page' : undefined}>
              {title}
            </a>
          ))}
          <a href="/docs">API</a>
        </nav>
        <div class="who">
          {key !== null && <span class="quiet">{profile.data?.email ?? ''}</span>}
          {key !== null && <button onClick={() => setChoosing(!choosing)}>Key</button>}
          {key !== null && <button onClick={forget}>Forget key</button>}
          {key === null && page !== 'figures' && <button onClick={() => setChoosing(true)}>Get a key</button>}
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {issued !== null && (
          <NewKey
            value={issued}
            onClose={() => {
              setIssued(null);
              focusContent();
            }}
          />
        )}
        {lost && key === null && (
          <p class="problem" role="alert">
            The key that was kept here no longer works.
          </p>
        )}
        {key === null && page === 'figures' && <h1>Figures</h1>}
        {(choosing || (key === null && page === 'figures')) && (
          <KeyPanel
            focused={choosing}
            onKey={(given, keeping, isNew) => {
              keepKey(given, keeping);
              setKey(given);
              setIssued(isNew ? given : null);
              setChoosing(false);
              setLost(false);
              focusContent();
            }}
          />
        )}
        <Shown page={page} route={route} />
      </main>
    </SessionContext.Provider>
  );
}

function Shown({ page, route: { path, query } }: { readonly page: keyof typeof PAGES; readonly route: Route }) {
  if (page === 'figures') return <FiguresPage query={query} />;
  if (page === 'health') return <HealthPage />;
  const [, id] = path;
  return (
    <OperatorsOnly>
      {page === 'runs' && (id === undefined ? <RunsPage query={query} /> : <RunPage id={id} />)}
      {page === 'pipelines' && <PipelinesPage />}
      {page === 'dead-letters' && <DeadLettersPage query={query} />}
    </OperatorsOnly>
  );
}

function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = () => setHash(location.hash);
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return readRoute(hash);
}

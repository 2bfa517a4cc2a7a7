import type { Answer, WeirClient } from '@weir/client';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Asked } from './use-answer.js';

export type Profile = Answer<'get', '/users/me'>;

/** Who looks at the page: with a key that the server knows, with one that is being asked about, or with none. */
export interface Session {
  readonly key: string | null;
  readonly client: WeirClient;
  /** Of the key's owner; nothing is asked without a key. */
  readonly profile: Asked<Profile> & { readonly again: () => void };
  readonly openKey: () => void;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('no session around this component');
  return session;
}

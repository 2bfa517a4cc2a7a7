/** What stands where a secret stood. */
export const redacted = '[redacted]';

/** Words that make a name a secret's, wherever they stand in it: `DB_PASSWORD`, `clientSecret`, `pass1`. */
const words = new Set([
  ...['auth', 'authorization', 'bearer', 'cookie', 'cookies', 'credential', 'credentials', 'jwt', 'pass', 'passphrase'],
  ...[
    'passwd',
    'password',
    'passwords',
    'passwort',
    'pw',
    'pwd',
    'secret',
    'secrets',
    'signature',
    'sig',
    'token',
    'tokens',
  ],
]);
/** The same where a name runs its words together: `dbpassword`. */
const parts = /passw|passphrase|secret|authorization|cookie|credential|apikey|privatekey|accesskey|signingkey|token/;
/** A key of its own is no secret's name (`primary_key`); these are. */
const keys = /(?:^| )(?:x|api|private|access|signing|encryption) key(?:$| )|^xkey$/;

/** Names that are looked at; nobody calls a field anything longer, and a longer one is not worth the time. */
const longestName = 256;

/** Whether the value of a field, header, parameter or variable of this name is never to be seen. */
export function isSecretName(name: string): boolean {
  const spaced = name
    .slice(-longestName)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim();
  return (
    spaced.split(' ').some((word) => words.has(word)) || parts.test(spaced.replaceAll(' ', '')) || keys.test(spaced)
  );
}

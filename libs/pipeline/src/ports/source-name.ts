/** Query parameters that are more likely a secret than part of what a page is called. */
const SECRET = /key|token|secret|passw|signature|^sig$|auth/i;

/**
 * How an http(s) URL is called in manifests, rows and messages: as it was declared, but without user, password and what
 * looks like a secret. Readers of the data see it.
 */
export function nameOfUrl(declared: string): string {
  const url = new URL(declared);
  const whole = url.href;
  url.username = '';
  url.password = '';
  for (const key of [...url.searchParams.keys()]) {
    if (SECRET.test(key)) url.searchParams.delete(key);
  }
  return url.href === whole ? declared : url.href;
}

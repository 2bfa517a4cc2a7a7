import { nameOfUrl } from './source-name.js';

describe('the name of a URL', () => {
  it('is the URL as it was declared', () => {
    expect(nameOfUrl('https://example.org/page?week=43')).toBe('https://example.org/page?week=43');
    expect(nameOfUrl('https://example.org')).toBe('https://example.org');
  });

  it('has no user, no password, and no parameter that looks like a secret', () => {
    expect(nameOfUrl('https://me:hunter2@example.org/page?week=43&api_key=k&token=t&X-Amz-Signature=s')).toBe(
      'https://example.org/page?week=43',
    );
  });
});

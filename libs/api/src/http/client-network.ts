import { isIPv4, isIPv6 } from 'node:net';

/** Characters of what a proxy says where it is no address: enough to tell callers apart. */
const longest = 64;

/**
 * Whom requests are counted for: an IPv4 address as it is, also in the clothes of IPv6 (`::ffff:192.0.2.1`); of an IPv6
 * address its first 64 bits, because whoever has one has all that begin so.
 */
export function networkOf(address: string | undefined): string {
  const [plain = ''] = (address ?? '').split('%');
  if (!isIPv6(plain)) return isIPv4(plain) ? plain : plain.slice(0, longest);
  const groups = groupsOf(plain);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped)
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): number[] {
  const [left = '', right] = address.split('::');
  const head = readGroups(left);
  if (right === undefined) return head;
  const tail = readGroups(right);
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

/** Of a part without `::`; its last 32 bits may be written as IPv4. */
function readGroups(part: string): number[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (!group.includes('.')) return [parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

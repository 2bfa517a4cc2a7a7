import { WeirError } from '@weir/pipeline';
import type { RegionSummary } from './incidence.js';

/** Regions named in an error, at most. */
const listed = 20;

/**
 * The codes of regions given by code or exact name, and the texts that are neither; a text that is a code is never taken
 * for a name.
 */
export function regionCodes(
  wanted: readonly string[],
  known: readonly RegionSummary[],
): { readonly codes: readonly string[]; readonly unknown: readonly string[] } {
  const { byCode, byName } = indexOf(known);
  const codes = new Set<string>();
  const unknown: string[] = [];
  for (const text of new Set(wanted)) {
    const found = byCode.has(text) ? [text] : byName.get(text);
    if (found === undefined) unknown.push(text);
    else for (const code of found) codes.add(code);
  }
  return { codes: [...codes].sort(), unknown };
}

interface RegionIndex {
  readonly byCode: ReadonlySet<string>;
  readonly byName: ReadonlyMap<string, readonly string[]>;
}

/** Of lists that are remembered, and asked about again and again: each is gone through once. */
const indexes = new WeakMap<readonly RegionSummary[], RegionIndex>();

function indexOf(known: readonly RegionSummary[]): RegionIndex {
  const made = indexes.get(known);
  if (made !== undefined) return made;
  const byName = new Map<string, string[]>();
  for (const { region, region_name } of known) {
    const namesakes = byName.get(region_name);
    if (namesakes) namesakes.push(region);
    else byName.set(region_name, [region]);
  }
  const index = { byCode: new Set(known.map(({ region }) => region)), byName };
  indexes.set(known, index);
  return index;
}

/** `unknown_region`, with the regions that are allowed: those near what was asked for first. */
export function unknownRegion(unknown: readonly string[], known: readonly RegionSummary[]): WeirError {
  const first = unknown.slice(0, listed);
  const allowed = nearestFirst(first, known)
    .slice(0, listed)
    .map(({ region, region_name }) => `${region} (${region_name})`);
  const rest = known.length - allowed.length;
  const choice =
    known.length === 0
      ? 'no region has figures yet'
      : `allowed: ${allowed.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}; GET /covid/regions lists all`;
  const errors = first.map((region) => ({
    field: 'region',
    message: `${JSON.stringify(region)} is unknown; ${choice}`,
  }));
  const message = `There is no region ${first.map((region) => JSON.stringify(region)).join(', ')}; ${choice}.`;
  return new WeirError('unknown_region', message, { details: { errors, allowed } });
}

/** Regions whose code or name looks like one of the texts come first; the others stay in order. */
function nearestFirst(texts: readonly string[], known: readonly RegionSummary[]): RegionSummary[] {
  const isNear = ({ region, region_name }: RegionSummary) =>
    texts.some((text) => {
      const [asked, code, name] = [text, region, region_name].map((each) => each.toLowerCase()) as [
        string,
        string,
        string,
      ];
      return asked !== '' && (code.startsWith(asked) || name.includes(asked) || asked.includes(name));
    });
  return [...known.filter(isNear), ...known.filter((region) => !isNear(region))];
}

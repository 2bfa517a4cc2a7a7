import { LRUCache } from 'lru-cache';
import type { RegionSummary } from './incidence.js';
import type { IncidenceRepository } from './incidence.repository.js';
import { regionCodes, unknownRegion } from './region-names.js';

/** Snapshots whose regions are remembered; a snapshot never changes. */
const rememberedSnapshots = 8;

export interface FoundRegions {
  /** In order, without repetition; never empty. */
  readonly codes: readonly string[];
  /** The state that was asked in the second place, where the first did not know every one. */
  readonly naming?: number;
}

/** Knows which regions a state has. */
export class RegionDirectory {
  private readonly remembered = new LRUCache<string, Promise<RegionSummary[]>>({ max: rememberedSnapshots });

  constructor(private readonly repository: IncidenceRepository) {}

  /**
   * The codes of regions given by code or exact name, as `snapshot` knows them or else `naming`: a region may have got its
   * figures, or its present name, later than the day that is asked about.
   * @throws WeirError `unknown_region` for what neither knows.
   */
  async find(dataset: string, texts: readonly string[], snapshot: number, naming: number): Promise<FoundRegions> {
    const then = await this.at(dataset, snapshot);
    const { codes, unknown } = regionCodes(texts, then);
    if (unknown.length === 0) return { codes };
    const later = naming === snapshot ? [] : await this.at(dataset, naming);
    const found = regionCodes(unknown, later);
    if (found.unknown.length > 0) throw unknownRegion(found.unknown, union(then, later));
    return { codes: [...new Set([...codes, ...found.codes])].sort(), naming };
  }

  /** All regions with figures, by code. */
  at(dataset: string, snapshot: number): Promise<RegionSummary[]> {
    const key = JSON.stringify([dataset, snapshot]);
    const known = this.remembered.get(key);
    if (known !== undefined) return known;
    const found = this.repository.regions(dataset, snapshot).catch((error: unknown) => {
      this.remembered.delete(key);
      throw error;
    });
    this.remembered.set(key, found);
    return found;
  }
}

/** By code; where both have one, as the first calls it. */
function union(first: readonly RegionSummary[], second: readonly RegionSummary[]): RegionSummary[] {
  const all = new Map([...second, ...first].map((region) => [region.region, region]));
  return [...all.values()].sort((a, b) => (a.region < b.region ? -1 : 1));
}

import { invalidCursor } from '@weir/pipeline';
import { begun, gathered, jsonPage, type Answer, type AnswerFormat } from './answer.js';
import { readCursor, writeCursor, type IncidenceCursor } from './incidence-cursor.js';
import type { IncidencePosition } from './incidence.js';
import type { ExportFormat, IncidencePageQuery, IncidenceRepository } from './incidence.repository.js';
import { askedRegions, askedTime, canonical, fingerprint, readQuestion, type IncidenceParameters } from './question.js';
import { RegionDirectory } from './region-directory.js';
import { ResultCache, type CacheStatistics, type EncodedPage } from './result-cache.js';
import { SharedLookup } from './shared-lookup.js';

const defaultLimit = 1000;
const defaultCacheBytes = 64 * 1024 * 1024;

export interface IncidenceSettings {
  /** Of Weir: another version may say the same in other bytes. */
  readonly version: string;
  /** Of pages to keep at most, 1 MB or more; 64 MB where it is absent. */
  readonly cacheBytes?: number;
}

/** Which state an answer shows, and which names the regions that it does not know. */
interface State {
  readonly snapshot: number;
  readonly naming: number;
}

/**
 * Answers questions about the figures. All pages of an answer come from the state of its first; an answer shows what was
 * committed before it was asked for.
 */
export class IncidenceService {
  private readonly current = new Map<string, SharedLookup<number>>();
  private readonly regionDirectory: RegionDirectory;
  private readonly cache: ResultCache;

  constructor(
    private readonly repository: IncidenceRepository,
    private readonly settings: IncidenceSettings,
  ) {
    this.regionDirectory = new RegionDirectory(repository);
    this.cache = new ResultCache(settings.cacheBytes ?? defaultCacheBytes);
  }

  /** Of the pages that are kept, since the start. */
  get statistics(): CacheStatistics {
    return this.cache.statistics;
  }

  /**
   * Figures: a page of them, or, as CSV or NDJSON without a limit, all that there are after the cursor.
   * @throws WeirError `validation_failed` (from after to, no such time), `invalid_cursor`, `unknown_region`.
   */
  async list(dataset: string, parameters: IncidenceParameters, format: AnswerFormat): Promise<Answer> {
    const question = readQuestion(dataset, parameters);
    const begin = parameters.cursor === undefined ? undefined : readCursor(parameters.cursor, question);
    const { snapshot, naming } = await this.state(dataset, question.asOf, begin);
    const found = question.regions && (await this.regionDirectory.find(dataset, question.regions, snapshot, naming));
    const { regions: _asWritten, asOf: _aTime, ...rest } = question;
    const query = { ...rest, snapshot, ...(found && { regions: found.codes }), ...(begin && { after: begin.after }) };
    const place = { snapshot, ...(found?.naming !== undefined && { naming: found.naming }) };
    const cursor = (after: IncidencePosition | null) => after && writeCursor({ ...place, after }, question);
    const limit = parameters.limit ?? (format === 'json' ? defaultLimit : null);
    const tag = this.tag('list', format, place, canonical(question), found?.codes, begin?.after, limit);
    const about = { tag, format, name: `${dataset}-incidence` };
    if (format === 'json') {
      const page = { ...query, limit: limit ?? defaultLimit };
      return { ...about, read: () => this.cache.page(tag, () => this.page(page, cursor)) };
    }
    if (limit === null) return { ...about, read: () => begun(this.repository.export(query, format)) };
    return { ...about, read: () => this.cache.page(tag, () => this.textPage({ ...query, limit }, format, cursor)) };
  }

  /**
   * All regions with figures, by code, as JSON on one page.
   * @throws WeirError `validation_failed`: no such time.
   */
  async regions(dataset: string, parameters: { readonly asOf?: string }): Promise<Answer> {
    const { snapshot } = await this.state(dataset, askedTime(parameters.asOf).asOf);
    return this.kept(`${dataset}-regions`, [snapshot], async () =>
      jsonPage(await this.regionDirectory.at(dataset, snapshot), null),
    );
  }

  /**
   * The latest figures of each region, by code, as JSON on one page.
   * @throws WeirError `validation_failed` (no such time), `unknown_region`.
   */
  async summary(
    dataset: string,
    parameters: { readonly regions?: readonly string[]; readonly asOf?: string },
  ): Promise<Answer> {
    const { regions } = askedRegions(parameters.regions);
    const { snapshot, naming } = await this.state(dataset, askedTime(parameters.asOf).asOf);
    const codes = regions && (await this.regionDirectory.find(dataset, regions, snapshot, naming)).codes;
    return this.kept(`${dataset}-summary`, [snapshot, codes], async () =>
      jsonPage(await this.repository.latest(dataset, snapshot, codes), null),
    );
  }

  private async state(dataset: string, asOf?: Date, begun?: IncidenceCursor): Promise<State> {
    const [current, then] = await Promise.all([
      this.currentSnapshot(dataset),
      asOf !== undefined && begun === undefined ? this.repository.snapshot(dataset, asOf) : undefined,
    ]);
    if (begun === undefined) return { snapshot: then ?? current, naming: current };
    // A state that is still to come may change, and what is remembered of it would be wrong for everybody.
    if (Math.max(begun.snapshot, begun.naming ?? 0) > current) {
      throw invalidCursor('names a state that does not exist; begin without one');
    }
    return { snapshot: begun.snapshot, naming: begun.naming ?? begun.snapshot };
  }

  private currentSnapshot(dataset: string): Promise<number> {
    const lookup = this.current.get(dataset) ?? new SharedLookup(() => this.repository.snapshot(dataset));
    this.current.set(dataset, lookup);
    return lookup.ask();
  }

  private async page(query: IncidencePageQuery, cursor: WriteCursor): Promise<EncodedPage> {
    // One row more than the page holds: if it comes, there is a next page.
    const rows = await this.repository.find({ ...query, limit: query.limit + 1 });
    const data = rows.slice(0, query.limit);
    const last = data.at(-1);
    const after = rows.length > query.limit && last ? { region: last.region, date: last.date } : null;
    return jsonPage(data, cursor(after));
  }

  private async textPage(query: IncidencePageQuery, format: ExportFormat, cursor: WriteCursor): Promise<EncodedPage> {
    const body = await gathered(this.repository.export(query, format));
    return { body, nextCursor: cursor(await this.repository.endOfPage(query)) };
  }

  private kept(name: string, question: readonly unknown[], make: () => Promise<EncodedPage>): Answer {
    const tag = this.tag(name, ...question);
    return { tag, format: 'json', name, read: () => this.cache.page(tag, make) };
  }

  private tag(...parts: readonly unknown[]): string {
    return fingerprint(this.settings.version, ...parts);
  }
}

type WriteCursor = (after: IncidencePosition | null) => string | null;

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FoundRow } from '@weir/testing';
import { data, pipelines } from './stack-under-test.js';

const METRICS = ['new_cases', 'new_deaths', 'new_recovered', 'new_hospitalized'] as const;
const LAST_DAY = Date.UTC(2023, 4, 15);
const DAY = 86_400_000;

export interface Size {
  readonly regions: number;
  readonly days: number;
}

/** A pipeline of a test, with a history of any size in which each figure follows from its row: nobody has to remember them. */
export class GeneratedSource {
  /** Another each time: a stack that is up has the histories of earlier tests. */
  readonly name: string;

  /** @param label its name begins with: small letters, digits and hyphens. */
  constructor(
    label: string,
    readonly size: Size,
    /** Changes all figures. */
    readonly edition = 0,
  ) {
    this.name = `${label}-${Date.now().toString(36)}`;
  }

  get rows(): number {
    return this.size.regions * this.size.days;
  }

  /**
   * Writes `pipeline.yaml` and one CSV file into the folders that the containers see.
   * @param more keys of the pipeline, such as a schedule.
   */
  async write(more: object = {}): Promise<this> {
    const columns = Object.fromEntries(['region', 'date', ...METRICS].map((name) => [name, name]));
    // JSON is YAML.
    const definition = {
      name: this.name,
      branches: { backfill: { source: { type: 'csv', paths: `/data/${this.name}/*.csv`, columns } } },
      sink: { type: 'incidence' },
      ...more,
    };
    const lines = [`region,date,${METRICS.join(',')}`];
    for (const { region, date, figures } of this.produced())
      lines.push([region, date, ...METRICS.map((metric) => figures?.[metric] ?? '')].join(','));
    await this.put(pipelines, 'pipeline.yaml', JSON.stringify(definition, undefined, 2));
    await this.put(data, 'history.csv', `${lines.join('\n')}\n`);
    return this;
  }

  async remove(): Promise<void> {
    for (const folder of [pipelines, data]) await rm(join(folder, this.name), { recursive: true, force: true });
  }

  /** What readers should see of it. */
  *produced(): Generator<FoundRow & { readonly figures: { readonly [metric: string]: number | null } }> {
    const { regions, days } = this.size;
    for (let region = 0; region < regions; region += 1) {
      for (let day = 0; day < days; day += 1) {
        const date = new Date(LAST_DAY - day * DAY).toISOString().slice(0, 10);
        const figures = Object.fromEntries(METRICS.map((metric, at) => [metric, this.figure(region, day, at)]));
        yield { dataset: this.name, region: regionCode(region), date, figures };
      }
    }
  }

  /** Some are blank, and some are no whole numbers. */
  private figure(region: number, day: number, metric: number): number | null {
    const mixed = Math.imul(region * 7_919 + day * 104_729 + metric * 31 + this.edition * 15_485_863, 0x9e3779b1) >>> 0;
    if (mixed % 23 === 0) return null;
    return mixed % 29 === 0 ? (mixed % 1_000) + 0.125 : mixed % 10_000;
  }

  private async put(folder: string, file: string, text: string): Promise<void> {
    const path = join(folder, this.name);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, file), text);
  }
}

export function regionCode(region: number): string {
  return `F${String(region).padStart(3, '0')}`;
}

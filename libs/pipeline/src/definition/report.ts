import { pathText, type Lines, type Path, type Place, type Places } from './positions.js';
import type { Problem } from './problem.js';

/** A mistake before it has a place. */
export interface Mistake {
  readonly code: string;
  /** Without the path of the key, which is put before it. */
  readonly message: string;
  readonly expected: string;
  readonly hint?: string | null;
}

/** Mistakes that say something is absent; in a file whose structure is broken, it may only not have been understood. */
const ABSENCE = new Set(['missing_key', 'missing_field', 'missing_branch', 'unknown_dictionary', 'unmapped_metric']);

const STRUCTURE = new Set(['yaml_syntax', 'too_deep', 'too_large']);

/** Collects the problems of one file. */
export class Report {
  private readonly found = new Map<string, Problem>();
  /** The line of the first mistake that breaks the file's structure. */
  private brokenLine = Infinity;

  constructor(
    private readonly file: string,
    private readonly lines: Lines,
    private readonly places: Places,
  ) {}

  /** Reports a mistake in the value (or the key) at a path. Says nothing about a value that could not be had at all. */
  add(path: Path, mistake: Mistake, part: 'key' | 'value' = 'value'): void {
    if (part === 'value' && this.places.isUnusable(path)) return;
    this.addAt(this.places.of(path, part), false, mistake, path);
  }

  /** @param breaking whether what follows in the file can no longer be understood for certain. */
  addAt(place: Place, breaking: boolean, mistake: Mistake, path: Path = []): void {
    const { line, column } = this.lines.position(place.offset);
    if (breaking) this.brokenLine = Math.min(this.brokenLine, line);
    const message = path.length === 0 ? mistake.message : `${pathText(path)}: ${mistake.message}`;
    const { code, expected, hint = null } = mistake;
    this.found.set(JSON.stringify([line, column, code, message]), {
      file: this.file,
      line,
      column,
      length: place.length,
      code,
      message,
      expected,
      hint,
    });
  }

  get isEmpty(): boolean {
    return this.found.size === 0;
  }

  isUnusable(path: Path): boolean {
    return this.places.isUnusable(path);
  }

  lineOf(offset: number): number {
    return this.lines.position(offset).line;
  }

  /**
   * Every problem once, in the order of the file. In a broken file only what stands before the break is certain, and
   * only mistakes about what is there.
   */
  problems(): Problem[] {
    const certain = ({ line, code }: Problem) =>
      this.brokenLine === Infinity || STRUCTURE.has(code) || (line < this.brokenLine && !ABSENCE.has(code));
    return [...this.found.values()].filter(certain).sort((a, b) => a.line - b.line || a.column - b.column);
  }
}

/** Keys and indexes from the root of a file to a value: `['branches', 'update', 'source']`. */
export type Path = readonly (string | number)[];

/** A stretch of a file's text, in UTF-16 units from 0, that lies on one line. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

/** Where the keys and values of a file stand. */
export class Places {
  private readonly known = new Map<string, { key?: Place; value: Place }>();
  private readonly unusable = new Set<string>();

  set(path: Path, places: { key?: Place; value: Place }): void {
    this.known.set(JSON.stringify(path), places);
  }

  /** The place of a path's value or of its key; where the file has no such path, of the nearest value around it. */
  of(path: Path, part: 'key' | 'value' = 'value'): Place {
    const places = this.known.get(JSON.stringify(path));
    if (places) return places[part] ?? places.value;
    return path.length === 0 ? { offset: 0, length: 1 } : this.of(path.slice(0, -1));
  }

  /** Notes that the value could not be had (an unset variable), so that nothing else need be said about it. */
  markUnusable(path: Path): void {
    this.unusable.add(JSON.stringify(path));
  }

  isUnusable(path: Path): boolean {
    return this.unusable.has(JSON.stringify(path));
  }
}

/** `branches.update.source.columns."Region name"`, `transforms[0].cut`. */
export function pathText(path: Path): string {
  return path
    .map((step) => {
      if (typeof step === 'number') return `[${step}]`;
      return `.${/^[\w-]+$/.test(step) ? step : JSON.stringify(step)}`;
    })
    .join('')
    .replace(/^\./, '');
}

/** The lines of a text, made once: a broken file can have as many mistakes as characters. */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  /** Line and column of an offset, both from 1. */
  position(offset: number): { line: number; column: number } {
    let [low, high] = [0, this.starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - this.starts[low]! + 1 };
  }

  /** The text of the line on which an offset lies, up to it. */
  before(offset: number): string {
    return this.text.slice(this.starts[this.position(offset).line - 1], offset);
  }
}

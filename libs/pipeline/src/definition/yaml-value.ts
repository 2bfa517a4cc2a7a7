import { isAlias, isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import type { Path, Place, Places } from './positions.js';
import type { Mistake, Report } from './report.js';
import { findReference, substitute, type Variables } from './variables.js';

/** Aliases can multiply a small file into a huge value. */
const MAX_NODES = 100_000;

/** Turns nodes into plain values and notes where each stands. */
export class YamlValue {
  private nodes = 0;
  private readonly anchors = new Map<string, Node>();
  /** The collections around the current node. */
  private readonly open = new Set<Node>();

  constructor(
    private readonly text: string,
    private readonly variables: Variables,
    private readonly report: Report,
    private readonly places: Places,
  ) {}

  of(node: unknown, path: Path, key?: Place): unknown {
    const place = this.placeOf(node as Node | null) ?? key ?? this.emptyPlace(node as Node | null, path);
    this.places.set(path, { value: place, ...(key ? { key } : {}) });
    this.nodes += 1;
    if (isAlias(node)) return this.alias(node.source, path, place);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null;
    if (node.anchor) this.anchors.set(node.anchor, node);
    if (isScalar(node)) return this.scalar(node, path);
    this.open.add(node);
    const value = isMap(node)
      ? this.map(node.items, path)
      : node.items.map((item, index) => this.of(item, [...path, index]));
    this.open.delete(node);
    return value;
  }

  private map(items: readonly { key: unknown; value: unknown }[], path: Path): unknown {
    const value: { [key: string]: unknown } = {};
    for (const pair of items) {
      const name = isScalar(pair.key) ? String(pair.key.value) : null;
      const key = this.placeOf(pair.key as Node | null) ?? this.places.of(path);
      // A key that is no text is a mistake of the YAML already.
      if (name === null) continue;
      const inside = [...path, name];
      if (Object.hasOwn(value, name)) {
        this.report.addAt(
          key,
          false,
          {
            code: 'duplicate_key',
            message: 'the key is given twice in one mapping',
            expected: 'each key once',
            hint: `the first is on line ${this.report.lineOf(this.places.of(inside, 'key').offset)}; remove one of them`,
          },
          inside,
        );
      } else if (name === '__proto__') {
        this.report.addAt(key, false, { code: 'unknown_key', message: 'unknown key', expected: 'another key' }, inside);
      } else {
        value[name] = this.of(pair.value, inside, key);
      }
    }
    return value;
  }

  private scalar(node: Scalar, path: Path): unknown {
    if (typeof node.value !== 'string') return node.value;
    const { text, mistakes } = substitute(node.value, this.variables);
    for (const mistake of mistakes) {
      const [start, end] = node.range!;
      const found = findReference(this.text.slice(start, end), mistake.index);
      const place = found ? { offset: start + found.offset, length: found.length } : this.places.of(path);
      this.report.addAt(place, false, mistake, path);
      this.places.markUnusable(path);
    }
    return text;
  }

  private alias(name: string, path: Path, place: Place): unknown {
    const target = this.anchors.get(name);
    const mistake = this.aliasMistake(name, target);
    if (target === undefined || mistake) {
      if (mistake) this.report.addAt(place, false, mistake, path);
      this.places.markUnusable(path);
      return null;
    }
    const key = this.places.of(path, 'key');
    const value = this.of(target, path, key);
    // What is wrong with the whole value is shown where it is used, what is wrong inside it where it is written.
    this.places.set(path, { key, value: place });
    return value;
  }

  private aliasMistake(name: string, target: Node | undefined): Mistake | null {
    if (target === undefined) {
      const expected =
        [...this.anchors.keys()].map((anchor) => `*${anchor}`).join(', ') || 'a value: the file has no anchor';
      return { code: 'unknown_anchor', message: `no anchor &${name} stands before this`, expected };
    }
    if (this.open.has(target)) {
      return { code: 'endless_alias', message: `*${name} contains itself`, expected: 'an anchor that ends before it' };
    }
    if (this.nodes <= MAX_NODES) return null;
    return { code: 'too_large', message: 'aliases make the file too large', expected: `${MAX_NODES} values at most` };
  }

  /** What to underline: a scalar or a flow collection up to the end of its line, the first key of a block mapping. */
  private placeOf(node: Node | null): Place | null {
    if (!node?.range) return null;
    if (isMap(node) && !node.flow) {
      const first = this.placeOf(node.items[0]?.key as Node | null);
      if (first) return first;
    }
    const [offset, end] = node.range;
    const line = this.text.slice(offset, end).split('\n', 1)[0]!.trimEnd();
    return line === '' ? null : { offset, length: isSeq(node) && !node.flow ? 1 : line.length };
  }

  /** Where a value that was left out would stand. */
  private emptyPlace(node: Node | null, path: Path): Place {
    return node?.range ? { offset: node.range[0], length: 1 } : this.places.of(path);
  }
}

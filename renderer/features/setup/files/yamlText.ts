import {
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  type Scalar,
  stringify,
  type YAMLMap,
} from 'yaml';

/** How a member is written into a text. */
export type Writing = 'text' | 'number' | 'secret' | 'lines';

/** A text in which a form can be filled in; what is written by hand stays as it is written, but for the value that is changed. */
export interface FormText {
  /** What a member says, as it is written; empty where it is not there. @param path with numbers of items of lists, `rules`, `0`, `name` */
  valueOf(path: readonly string[]): string;
  /** What stands there, in one line of JSON; empty where nothing does. */
  jsonOf(path: readonly string[]): string;
  /** The items of a list of words; empty where there is none. */
  listOf(path: readonly string[]): readonly string[];
  /** How many items a list has. */
  countOf(path: readonly string[]): number;
  /** Whether it is there, whatever it says. */
  has(member: string): boolean;
}

/** Reads a text for a form; null for one that is no map of members, which has to be put right first. */
export function formText(text: string): FormText | null {
  const root = rootOf(text);
  if (root === null) return null;
  return {
    valueOf(path) {
      const scalar = valueAt(root, path);
      if (!isScalar(scalar)) return '';
      // A number is shown as it is typed: 1. is on its way to 1.5.
      if (typeof scalar.value === 'number') return scalar.source ?? String(scalar.value);
      return scalar.value === null ? '' : String(scalar.value);
    },
    jsonOf(path) {
      const node = valueAt(root, path);
      return isNode(node) ? (JSON.stringify(node.toJSON()) ?? '') : '';
    },
    listOf(path) {
      const list = valueAt(root, path);
      return isSeq(list) ? list.items.flatMap((item) => (isScalar(item) ? String(item.value) : [])) : [];
    },
    countOf(path) {
      const list = valueAt(root, path);
      return isSeq(list) ? list.items.length : 0;
    },
    has: (member) => pairAt(root, [member]) !== undefined,
  };
}

/**
 * The text with another value of a member; null takes the member out.
 *
 * @param path the member, or a language of it
 */
export function withValue(text: string, path: readonly string[], value: string | null, as: Writing): string {
  const root = rootOf(text);
  const [member] = path;
  if (root === null || member === undefined) return text;
  const pair = pairAt(root, path);
  if (value === null && path.length > 1) return withNode(text, path, null);
  if (value === null) return pair ? withoutLines(text, pair) : text;
  const scalar = pair?.value;
  if (pair && isScalar(scalar) && as !== 'lines' && !isBlock(scalar)) {
    const [from, to] = extentOf(scalar, pair, text);
    const gap = from > 0 && text[from - 1] === ':' ? ' ' : '';
    return text.slice(0, from) + gap + written(value, as) + text.slice(to);
  }
  if (path.length === 2 && LANGUAGES.has(path[1] ?? '')) return withNames(text, root, member, path[1] ?? '', value);
  if (path.length > 1) return withNode(text, path, written(value, as));
  const line = lineOf(member, value, as);
  if (!pair) return withLine(text, root, line);
  const [from, to] = linesOf(text, pair);
  return text.slice(0, from) + line + text.slice(to);
}

/**
 * The text with something else, or nothing, at a place within its members; comments stay, and blanks may be others.
 *
 * @param source as YAML has it in one line
 */
export function withNode(text: string, path: readonly string[], source: string | null): string {
  const doc = parseDocument(text);
  if (doc.errors.length > 0) return text;
  if (source === null) doc.deleteIn(path);
  else doc.setIn(path, parseDocument(source).contents);
  return doc.toString({ lineWidth: 0 });
}

/** The text with another item at the end of a list, such as `devices`. */
export function withItem(text: string, path: readonly string[], item: string): string {
  const root = rootOf(text);
  if (root === null) return text;
  const list = pairAt(root, path);
  const [member = ''] = path;
  if (!list) return path.length === 1 ? withLine(text, root, `${member}:\n  - ${item}\n`) : text;
  // A list in one line begins anew below its member; one of lines goes on as it is.
  const first = isSeq(list.value) && !list.value.flow ? list.value.range?.[0] : undefined;
  if (first !== undefined) {
    const [, end] = linesOf(text, list);
    const indent = ' '.repeat(first - text.lastIndexOf('\n', first - 1) - 1);
    const lines = item.split('\n').join(`\n${indent}  `);
    return `${ended(text.slice(0, end))}${indent}- ${lines}\n${text.slice(end)}`;
  }
  const doc = parseDocument(text);
  doc.addIn(path, parseDocument(item).contents);
  return doc.toString({ lineWidth: 0 });
}

function rootOf(text: string): YAMLMap | null {
  const doc = parseDocument(text, { prettyErrors: false, stringKeys: true, uniqueKeys: false });
  return doc.errors.length === 0 && isMap(doc.contents) && !doc.contents.flow ? doc.contents : null;
}

const LANGUAGES = new Set(['zh', 'en']);

/** What stands at a place: of a map the member, of a list the item. */
function valueAt(root: YAMLMap, path: readonly string[]): unknown {
  let node: unknown = root;
  for (const step of path) {
    if (isMap(node)) node = memberOf(node, step)?.value;
    else if (isSeq(node)) node = node.items[Number(step)];
    else return undefined;
  }
  return node;
}

const memberOf = (map: YAMLMap, member: string): Pair | undefined =>
  map.items.find((each) => isPair(each) && isScalar(each.key) && String(each.key.value) === member);

function pairAt(root: YAMLMap, path: readonly string[]): Pair | undefined {
  const map = valueAt(root, path.slice(0, -1));
  return isMap(map) ? memberOf(map, path.at(-1) ?? '') : undefined;
}

const isBlock = ({ type }: Scalar): boolean => type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';

/** Where a value stands; of a member that says nothing, the place behind its colon. */
function extentOf({ range }: Scalar, { key }: Pair, text: string): [number, number] {
  const [from = 0, to = 0] = range ?? [];
  if (to > from) return [from, to];
  const after = isScalar(key) ? (key.range?.[1] ?? 0) : 0;
  const colon = text.indexOf(':', after) + 1;
  return [colon, colon];
}

function written(value: string, as: Writing): string {
  if (as === 'number' && value.trim() !== '') return value.trim();
  if (as === 'secret' || value === '') return JSON.stringify(value);
  // In a flow map a comma would end it; and numbers stay texts.
  const plain = stringify(value, { lineWidth: 0 }).trimEnd();
  return plain.includes('\n') || /[,[\]{}]/.test(plain) ? JSON.stringify(value) : plain;
}

const lineOf = (member: string, value: string, as: Writing): string =>
  as === 'lines' && value.includes('\n')
    ? stringify({ [member]: value.endsWith('\n') ? value : `${value}\n` }, { lineWidth: 0 })
    : `${member}: ${written(value, as)}\n`;

/** From the beginning of a member's line to behind its last. */
function linesOf(text: string, { key, value }: Pair): [number, number] {
  const start = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const ends = (value as { range?: readonly [number, number, number] } | null)?.range ?? [0, 0, 0];
  const behind = Math.max(ends[1], isScalar(key) ? (key.range?.[1] ?? 0) : 0);
  const last = text.slice(0, behind).trimEnd().length;
  const end = text.indexOf('\n', last);
  return [from, end === -1 ? text.length : end + 1];
}

function withoutLines(text: string, pair: Pair): string {
  const [from, to] = linesOf(text, pair);
  return text.slice(0, from) + text.slice(to);
}

/** Puts a line behind the last member of one line: lists and mappings stay at the end. */
function withLine(text: string, root: YAMLMap, line: string): string {
  const simple = root.items.filter(({ value }) => isScalar(value) || (isMap(value) && value.flow));
  const last = simple.at(-1);
  if (!last) return `${ended(text)}${line}`;
  const [, to] = linesOf(text, last);
  return ended(text.slice(0, to)) + line + text.slice(to);
}

/** A text in each language where one of them was not there. */
function withNames(text: string, root: YAMLMap, member: string, language: string, value: string): string {
  const pair = pairAt(root, [member]);
  const there: Record<string, unknown> = isMap(pair?.value) ? pair.value.toJSON() : {};
  const names = { zh: '', en: '', ...there, [language]: value };
  const line = `${member}: { ${Object.entries(names)
    .map(([key, said]) => `${key}: ${written(String(said), 'text')}`)
    .join(', ')} }\n`;
  if (!pair) return withLine(text, root, line);
  const [from, to] = linesOf(text, pair);
  return text.slice(0, from) + line + text.slice(to);
}

const ended = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

import type { Document, Node, ParsedNode } from 'yaml';
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Text } from '../../core/words.ts';
import { describeIssue, type Issue, type Said } from './issue.ts';

/** What a configuration file may cost at most. */
export const YAML_LIMITS = { bytes: 1024 * 1024, aliases: 100, depth: 40 } as const;
/** Faults that are told after the first. */
const MOST_MORE = 20;

/** What to do about a file that is too large. */
export const SPLIT: Text = {
  zh: '请拆分文件，或删去不属于它的内容',
  en: 'Split it, or remove what does not belong in it.',
};

/** A configuration file that cannot be used: which file, where in it, what is wrong and what to do. */
export class ConfigError extends Error {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  /** Dotted path of the offending value; empty for the whole document. */
  readonly path: string;
  /** The fault alone; `message` carries place and remedy with it. */
  readonly fault: Text;
  readonly remedy: Text;
  /** Faults found after the first. */
  readonly more: readonly string[];

  constructor(file: string, line: number, column: number, issue: Issue, more: readonly string[] = [], cause?: unknown) {
    const where = issue.path === '' ? '' : `${issue.path}: `;
    const said = `${where}${issue.message.en}. ${issue.remedy.en}`;
    super(`${file}:${line}:${column}: ${said}`, cause === undefined ? {} : { cause });
    this.name = 'ConfigError';
    this.file = file;
    this.line = line;
    this.column = column;
    this.path = issue.path;
    this.fault = issue.message;
    this.remedy = issue.remedy;
    this.more = more;
  }
}

/** A fault of a document, and where in it. */
export interface PlacedIssue extends Issue {
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
}

/** What a document comes to: its value, or what is wrong with it, that which helps most first, at most 21. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly [PlacedIssue, ...PlacedIssue[]]; readonly cause?: unknown };

/**
 * Reads one YAML 1.2 document and checks it against a schema. Limits: {@link YAML_LIMITS}; keys are strings, each once.
 *
 * @param file the name to put into errors; nothing is opened.
 * @throws ConfigError for anything wrong with the text.
 */
export function readYaml<T>(file: string, text: string, schema: z.ZodType<T>): T {
  const checked = checkYaml(text, schema);
  if (checked.ok) return checked.value;
  const [first, ...rest] = checked.faults;
  const more = rest.map(({ line, path, message }) => `line ${line}: ${path}: ${message.en}`);
  throw new ConfigError(file, first.line, first.column, first, more, checked.cause);
}

/** The same, for whoever tells all that is wrong beside the text. */
export function checkYaml<T>(text: string, schema: z.ZodType<T>): Checked<T> {
  const bytes = Buffer.byteLength(text);
  if (bytes > YAML_LIMITS.bytes) {
    const message = {
      zh: `文件有 ${bytes} 字节，上限为 ${YAML_LIMITS.bytes}`,
      en: `the file has ${bytes} bytes, the limit is ${YAML_LIMITS.bytes}`,
    };
    return { ok: false, faults: [{ line: 1, column: 1, path: '', message, remedy: SPLIT }] };
  }
  const lines = new LineCounter();
  // Keys are checked by walk(): the parser's own check compares every pair, which takes minutes on a hostile file.
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true, uniqueKeys: false });
  const placed = (offset: number, issue: Issue): PlacedIssue => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col), ...issue };
  };
  const fault = (offset: number, issue: Issue, cause?: unknown): Checked<T> => ({
    ...{ ok: false, faults: [placed(offset, issue)], cause },
  });

  const broken = doc.errors[0];
  if (broken !== undefined) return fault(broken.pos[0], { path: '', ...syntaxFault(broken) }, broken);
  if (doc.contents === null) {
    const message = { zh: '文件是空的', en: 'the file is empty' };
    const remedy = { zh: '请写入内容，或移走文件', en: 'Write the document, or remove the file.' };
    return fault(0, { path: '', message, remedy });
  }
  const walked = walk(doc.contents, [], 1);
  if (walked !== null) return fault(walked.offset, walked.issue);

  let value: unknown;
  try {
    value = doc.toJS({ maxAliasCount: YAML_LIMITS.aliases });
  } catch (cause) {
    const en = cause instanceof Error ? cause.message : String(cause);
    const message = { zh: '引用过多，或引用了没有定义的内容', en };
    const remedy = {
      zh: `引用最多 ${YAML_LIMITS.aliases} 个，且须写在所引内容之后；也可直接写出内容`,
      en: `Use at most ${YAML_LIMITS.aliases} aliases, each after its anchor.`,
    };
    return fault(0, { path: '', message, remedy }, cause);
  }
  const result = schema.safeParse(value);
  if (result.success) return { ok: true, value: result.data };
  // A misspelt key comes with the one it was meant to be as missing: the one that is there is named first, and helps more.
  const [first, ...rest] = result.error.issues.toSorted((a, b) => Number(isUnknownKey(b)) - Number(isUnknownKey(a)));
  if (first === undefined) throw result.error;
  const more = rest.slice(0, MOST_MORE).map((issue) => placed(place(doc, issue), describeIssue(issue)));
  const best = placed(place(doc, first), { ...describeIssue(first), ...meant(first, rest) });
  return { ok: false, faults: [best, ...more], cause: result.error };
}

function isUnknownKey(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'unrecognized_keys';
}

/** Of an unknown key: the missing key of the same map that it looks like. */
function meant(issue: z.core.$ZodIssue, others: readonly z.core.$ZodIssue[]): Partial<Said> {
  if (issue.code !== 'unrecognized_keys') return {};
  const map = JSON.stringify(issue.path);
  const missing = others.flatMap((other) => {
    const key = other.path.at(-1);
    const here = key !== undefined && JSON.stringify(other.path.slice(0, -1)) === map;
    return here && other.message.endsWith('received undefined') ? [String(key)] : [];
  });
  const key = issue.keys[0] ?? '';
  const near = missing.find((candidate) => editDistance(key, candidate) <= Math.max(1, candidate.length / 3));
  if (near === undefined) return {};
  return { remedy: { zh: `是否应为“${near}”？此处缺少这一项`, en: `Did you mean \`${near}\`? It is missing here.` } };
}

/** Letters to change, add or leave out (Levenshtein, 1966). Keys longer than 40 characters are far from all others. */
function editDistance(a: string, b: string): number {
  if (a.length > 40 || b.length > 40) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

const DEEP: Said = {
  message: { zh: `嵌套超过 ${YAML_LIMITS.depth} 层`, en: `nested deeper than ${YAML_LIMITS.depth} levels` },
  remedy: { zh: '请减少层次', en: 'Flatten the document.' },
};

const SYNTAX: Readonly<Record<string, Text>> = {
  BAD_INDENT: {
    zh: '请用空格缩进，同一列表或映射的各项缩进相同',
    en: 'Indent with spaces, the same number for every item of a list or map.',
  },
  TAB_AS_INDENT: { zh: '请把制表符换成空格', en: 'Replace tabs by spaces.' },
  BLOCK_AS_IMPLICIT_KEY: {
    zh: '请把嵌套的内容另起一行，或加引号',
    en: 'Put the nested value on its own line, or quote it.',
  },
  MULTILINE_IMPLICIT_KEY: { zh: '请把键与冒号写在同一行', en: 'Keep a key and its colon on one line.' },
  MULTIPLE_DOCS: {
    zh: '一个文件只写一份文档：请删去第二个 ---',
    en: 'Keep one document in the file: remove the second `---`.',
  },
  MISSING_CHAR: {
    zh: '请补上引号、括号或所缺的字符',
    en: 'Close the quote or bracket, or add the missing character.',
  },
  NON_STRING_KEY: { zh: '请给键加引号', en: 'Quote the key.' },
};

function syntaxFault(error: { code: string; message: string }): Said {
  if (error.message.startsWith('Maximum call stack')) return DEEP;
  return {
    message: { zh: '此处不合 YAML 语法', en: error.message },
    remedy: SYNTAX[error.code] ?? {
      zh: '请检查此处的缩进、冒号、引号与括号',
      en: 'Correct the YAML at this place.',
    },
  };
}

/** Depth and duplicate keys, in one pass and in linear time. */
function walk(node: unknown, path: string[], depth: number): { offset: number; issue: Issue } | null {
  if (depth > YAML_LIMITS.depth) return { offset: start(node), issue: { path: path.join('.'), ...DEEP } };
  if (isMap(node)) {
    const seen = new Set<string>();
    for (const pair of node.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
      const at = [...path, key];
      if (seen.has(key)) {
        const message = { zh: '此项写了两次', en: `\`${key}\` appears twice` };
        const remedy = { zh: '请只保留一处', en: 'Keep one of the two.' };
        return { offset: start(pair.key), issue: { path: at.join('.'), message, remedy } };
      }
      seen.add(key);
      const fault = walk(pair.value, at, depth + 1);
      if (fault !== null) return fault;
    }
  } else if (isSeq(node)) {
    for (const [i, item] of node.items.entries()) {
      const fault = walk(item, [...path, String(i)], depth + 1);
      if (fault !== null) return fault;
    }
  }
  return null;
}

function start(node: unknown): number {
  const range = (node as Node | null | undefined)?.range;
  return range?.[0] ?? 0;
}

/** Offset of the deepest node on the issue's path that is there; of the key itself for an unknown key. */
function place(doc: Document.Parsed<ParsedNode>, issue: z.core.$ZodIssue): number {
  let node: unknown = doc.contents;
  let offset = start(node);
  const path: PropertyKey[] = [...issue.path];
  const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  if (unknownKey !== undefined) path.push(unknownKey);
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(doc);
    if (isMap(node)) {
      const pair = node.items.find((it) => isPair(it) && isScalar(it.key) && String(it.key.value) === String(step));
      if (pair === undefined) return offset;
      offset = start(pair.key);
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (node === undefined) return offset;
      offset = start(node);
    } else return offset;
  }
  return offset;
}

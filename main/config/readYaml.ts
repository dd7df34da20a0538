import type { Document, Node, ParsedNode } from 'yaml';
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { faultInChinese, type InChinese, PLAIN_FAULTS } from './inChinese.ts';
import { asMeant, describeIssue, type Issue } from './issue.ts';

/** What a configuration file may cost at most. */
export const YAML_LIMITS = { bytes: 1024 * 1024, aliases: 100, depth: 40 } as const;

/** One thing wrong with a file, in both languages. */
type Fault = Issue & { zh: InChinese };

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
  readonly fault: string;
  readonly remedy: string;
  readonly zh: InChinese;
  /** Faults found after the first, at most 20. */
  readonly more: readonly string[];

  constructor(file: string, line: number, column: number, issue: Fault, more: readonly string[] = [], cause?: unknown) {
    const where = issue.path === '' ? '' : `${issue.path}: `;
    super(`${file}:${line}:${column}: ${where}${issue.message}. ${issue.remedy}`, cause === undefined ? {} : { cause });
    this.name = 'ConfigError';
    this.file = file;
    this.line = line;
    this.column = column;
    this.path = issue.path;
    this.fault = issue.message;
    this.remedy = issue.remedy;
    this.zh = issue.zh;
    this.more = more;
  }
}

/**
 * Reads one YAML 1.2 document and checks it against a schema. Limits: {@link YAML_LIMITS}; keys are strings, each once.
 *
 * @param file the name to put into errors; nothing is opened.
 * @throws ConfigError for anything wrong with the text.
 */
export function readYaml<T>(file: string, text: string, schema: z.ZodType<T>): T {
  const bytes = Buffer.byteLength(text);
  if (bytes > YAML_LIMITS.bytes) {
    const message = `the file has ${bytes} bytes, the limit is ${YAML_LIMITS.bytes}`;
    const remedy = 'Split it, or remove what does not belong in it.';
    throw new ConfigError(file, 1, 1, { path: '', message, remedy, zh: PLAIN_FAULTS.large });
  }
  const lines = new LineCounter();
  // Keys are checked by walk(): the parser's own check compares every pair, which takes minutes on a hostile file.
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true, uniqueKeys: false });
  const fail = (offset: number, issue: Fault, more?: readonly string[], cause?: unknown): never => {
    const { line, col } = lines.linePos(offset);
    throw new ConfigError(file, Math.max(1, line), Math.max(1, col), issue, more, cause);
  };

  const broken = doc.errors[0];
  if (broken !== undefined) fail(broken.pos[0], { path: '', ...syntaxFault(broken) }, undefined, broken);
  if (doc.contents === null) {
    const remedy = 'Write the document, or remove the file.';
    fail(0, { path: '', message: 'the file is empty', remedy, zh: PLAIN_FAULTS.empty });
  }
  const walked = walk(doc.contents, [], 1);
  if (walked !== null) fail(walked.offset, walked.issue);

  let value: unknown;
  try {
    value = doc.toJS({ maxAliasCount: YAML_LIMITS.aliases });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    fail(
      0,
      {
        ...{ path: '', message, remedy: `Use at most ${YAML_LIMITS.aliases} aliases, each after its anchor.` },
        zh: PLAIN_FAULTS.aliases,
      },
      [],
      cause,
    );
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // A misspelt key comes with the one it was meant to be as missing: the one that is there is named first, and helps more.
  const [first, ...rest] = result.error.issues.toSorted((a, b) => Number(isUnknownKey(b)) - Number(isUnknownKey(a)));
  if (first === undefined) throw result.error;
  const more = rest.slice(0, 20).map((issue) => {
    const { path, message } = describeIssue(issue);
    return `line ${lines.linePos(place(doc, issue)).line}: ${path}: ${message}`;
  });
  const zh = faultInChinese(asMeant(first));
  return fail(place(doc, first), { ...describeIssue(first), zh, ...meant(first, rest) }, more, result.error);
}

function isUnknownKey(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'unrecognized_keys';
}

/** Of an unknown key: the missing key of the same map that it looks like. */
function meant(issue: z.core.$ZodIssue, others: readonly z.core.$ZodIssue[]): { remedy?: string } {
  if (issue.code !== 'unrecognized_keys') return {};
  const map = JSON.stringify(issue.path);
  const missing = others.flatMap((other) => {
    const key = other.path.at(-1);
    const here = key !== undefined && JSON.stringify(other.path.slice(0, -1)) === map;
    return here && other.message.endsWith('received undefined') ? [String(key)] : [];
  });
  const key = issue.keys[0] ?? '';
  const near = missing.find((candidate) => editDistance(key, candidate) <= Math.max(1, candidate.length / 3));
  return near === undefined ? {} : { remedy: `Did you mean \`${near}\`? It is missing here.` };
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

function syntaxFault(error: { code: string; message: string }): Omit<Fault, 'path'> {
  if (error.message.startsWith('Maximum call stack')) {
    return {
      message: `nested deeper than ${YAML_LIMITS.depth} levels`,
      remedy: 'Flatten the document.',
      zh: PLAIN_FAULTS.deep,
    };
  }
  const remedies: Record<string, string> = {
    BAD_INDENT: 'Indent with spaces, the same number for every item of a list or map.',
    TAB_AS_INDENT: 'Replace tabs by spaces.',
    BLOCK_AS_IMPLICIT_KEY: 'Put the nested value on its own line, or quote it.',
    MULTILINE_IMPLICIT_KEY: 'Keep a key and its colon on one line.',
    MULTIPLE_DOCS: 'Keep one document in the file: remove the second `---`.',
    MISSING_CHAR: 'Close the quote or bracket, or add the missing character.',
    NON_STRING_KEY: 'Quote the key.',
  };
  const remedy = remedies[error.code] ?? 'Correct the YAML at this place.';
  return { message: error.message, remedy, zh: PLAIN_FAULTS.syntax };
}

/** Depth and duplicate keys, in one pass and in linear time. */
function walk(node: unknown, path: string[], depth: number): { offset: number; issue: Fault } | null {
  if (depth > YAML_LIMITS.depth) {
    const message = `nested deeper than ${YAML_LIMITS.depth} levels`;
    const said = { message, remedy: 'Flatten the document.', zh: PLAIN_FAULTS.deep };
    return { offset: start(node), issue: { path: path.join('.'), ...said } };
  }
  if (isMap(node)) {
    const seen = new Set<string>();
    for (const pair of node.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
      const at = [...path, key];
      if (seen.has(key)) {
        const said = { message: `\`${key}\` appears twice`, remedy: 'Keep one of the two.', zh: PLAIN_FAULTS.twice };
        return { offset: start(pair.key), issue: { path: at.join('.'), ...said } };
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

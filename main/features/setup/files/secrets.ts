import { isMap, isScalar, type Node, type Pair, parseDocument, type Scalar, visit } from 'yaml';
import type { PlacedIssue } from '../../../config/readYaml.ts';

/** What stands in a window for a secret of a file: dots, and which of its secrets it is. */
const DOTS = '••••••';
const MARK = new RegExp(`${DOTS}(\\d{1,5})`);
const ONLY_MARK = new RegExp(`^${DOTS}(\\d{1,5})$`);

/** Members whose values are secret, by their names. */
const SECRET = /^(?:password|token|secret|key)$/i;
/** The same in a text that is no YAML yet, and what stands behind `?` of an address. */
const WRITTEN = /(["']?[\w-]{0,40}(?:password|token|secret|key)["']?[ \t]*:[ \t]*)("[^"\n]*"|'[^'\n]*'|[^\s,}]+)/gi;
/** Who logs in, of an address. */
const USER_INFO = /^(["']?[a-z][\w+.-]*:\/\/)([^/?#]*)@/i;
const WRITTEN_LOGIN = /(["']?url["']?[ \t]*:[ \t]*["']?[a-z][\w+.-]*:\/\/)([^\s/?#]{0,2000})(?=@)/gi;
const WRITTEN_QUERY = /(["']?url["']?[ \t]*:[^\n?]{0,2000}\?)([^\s'"]+)/gi;

/** A secret of a file, as it is written there, and the member that it is of. */
interface Secret {
  readonly of: string;
  readonly raw: string;
}

/** A file's text without its secrets. */
export interface Hidden {
  readonly shown: string;
  readonly secrets: readonly Secret[];
  /** Whom its secrets are shown to; null where the file names nobody. */
  readonly origin: string | null;
}

/** Where in a text a secret stands. */
interface Place {
  readonly of: string;
  readonly from: number;
  readonly to: number;
  /** Of a value that is secret as a whole. */
  readonly whole: boolean;
}

/** Puts marks in place of a file's secrets: passwords, tokens, what headers say, and who logs in and what stands behind `?` of an address. */
export function hideSecrets(text: string): Hidden {
  const doc = parseDocument(text, { prettyErrors: false, uniqueKeys: false, stringKeys: true });
  const places = doc.errors.length > 0 ? written(text) : placesIn(doc.contents, text);
  const secrets: Secret[] = [];
  let [shown, at] = ['', 0];
  for (const { of, from, to, whole } of places) {
    const raw = text.slice(from, to);
    // What goes over several lines is kept as one: the lines of what is told beside the text stay what they are.
    secrets.push({ of, raw: raw.includes('\n') ? JSON.stringify(wordsOf(raw)) : raw });
    const mark = `${DOTS}${secrets.length}`;
    shown += text.slice(at, from) + (whole ? `"${mark}"` : mark);
    at = to;
  }
  return { shown: shown + text.slice(at), secrets, origin: originOf(doc.contents) };
}

/**
 * Puts the secrets of a file back in place of their marks. A mark counts where its secret was: in a member of that name, of a file that shows it
 * to the same host.
 *
 * @param base null for a text that is written anew: it has none
 * @returns what is wrong with marks; then nothing of the text is to be used
 */
export function restoreSecrets(
  text: string,
  base: Pick<Hidden, 'secrets' | 'origin'> | null,
): { readonly text: string; readonly faults: readonly PlacedIssue[] } {
  const doc = parseDocument(text, { prettyErrors: false, uniqueKeys: false, stringKeys: true });
  if (!MARK.test(text) || doc.errors.length > 0) return { text, faults: [] };
  const faults: PlacedIssue[] = [];
  const fault = (offset: number, said: Pick<PlacedIssue, 'path' | 'message' | 'remedy'>): void => {
    const before = text.slice(0, offset).split('\n');
    faults.push({ line: before.length, column: (before.at(-1)?.length ?? 0) + 1, ...said });
  };
  let [whole, at] = ['', 0];
  let used = false;
  const spots = new Map(placesIn(doc.contents, text).map((place) => [place.from, place]));
  for (const { from, to, of } of spots.values()) {
    const [, number] = ONLY_MARK.exec(unquoted(text.slice(from, to))) ?? [];
    const secret = number === undefined ? undefined : base?.secrets[Number(number) - 1];
    if (secret?.of === of) {
      whole += text.slice(at, from) + secret.raw;
      at = to;
      used = true;
    } else if (MARK.test(text.slice(from, to))) fault(from, { path: of, ...NOT_KEPT });
  }
  whole += text.slice(at);
  if (faults.length === 0) {
    const left = MARK.exec(whole);
    if (left) fault(text.indexOf(left[0]), { path: '', ...NO_SECRET });
    const origin = originOf(doc.contents);
    if (used && origin !== (base?.origin ?? null))
      fault(Math.max(0, text.search(/^[ \t]*["']?url/m)), { path: 'url', ...ANOTHER_HOST });
  }
  return { text: faults.length === 0 ? whole : text, faults };
}

/** Secrets of a document, in their order. */
function placesIn(root: unknown, text: string): Place[] {
  const places: Place[] = [];
  visit(root as Node, {
    Pair(_, pair, path) {
      const of = nameOf(pair);
      const scalar = pair.value;
      if (of === null || !isScalar(scalar) || !scalar.range) return;
      const [from, to] = extent(scalar, text);
      if (SECRET.test(of)) places.push({ of, from, to, whole: true });
      else if (path.some((each) => isInHeaders(each))) places.push({ of: 'headers', from, to, whole: true });
      else if (of === 'url') places.push(...placesInAddress(text.slice(from, to), from));
    },
  });
  return places.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from);
}

/** Who logs in, and what stands behind `?`, of an address as it is written. */
function placesInAddress(raw: string, from: number): Place[] {
  const place = (at: number, length: number): Place => ({
    of: 'url',
    from: from + at,
    to: from + at + length,
    whole: false,
  });
  const [, scheme = '', login] = USER_INFO.exec(raw) ?? [];
  const query = raw.indexOf('?') + 1;
  const end = /["']$/.test(raw) ? raw.length - 1 : raw.length;
  return [
    ...(login === undefined ? [] : [place(scheme.length, login.length)]),
    ...(query === 0 ? [] : [place(query, end - query)]),
  ];
}

/** Without the line break behind a text of several lines. */
function extent({ range }: Scalar, text: string): [number, number] {
  const [from = 0, to = 0] = range ?? [];
  return [from, from + text.slice(from, to).trimEnd().length];
}

const nameOf = (pair: Pair): string | null => (isScalar(pair.key) ? String(pair.key.value) : null);
const isInHeaders = (node: unknown): boolean =>
  typeof node === 'object' && node !== null && 'key' in node && 'value' in node && nameOf(node as Pair) === 'headers';

/** Secrets of what is no YAML, as far as they can be seen. */
function written(text: string): Place[] {
  const found = [
    ...[...text.matchAll(WRITTEN)].map((match) => ({ match, whole: true })),
    ...[...text.matchAll(WRITTEN_LOGIN)].map((match) => ({ match, whole: false })),
    ...[...text.matchAll(WRITTEN_QUERY)].map((match) => ({ match, whole: false })),
  ];
  return found
    .map(({ match, whole }): Place => {
      const [all, head = '', value = ''] = match;
      const from = match.index + head.length;
      return { of: /[\w-]+/.exec(all)?.[0] ?? '', from, to: from + value.length, whole };
    })
    .sort((a, b) => a.from - b.from)
    .filter(({ from }, i, all) => i === 0 || from >= (all[i - 1]?.to ?? 0));
}

const unquoted = (raw: string): string => /^(["'])(.*)\1$/s.exec(raw)?.[2] ?? raw;

function wordsOf(raw: string): string {
  const { contents } = parseDocument(raw);
  return isScalar(contents) ? String(contents.value) : raw;
}

/** The host, with protocol and port, that a file's address names; the address as it is where it names none. */
function originOf(root: unknown): string | null {
  const url = isMap(root) ? root.get('url') : undefined;
  if (typeof url !== 'string') return null;
  const [place = ''] = url.split('?');
  if (!URL.canParse(place)) return place;
  const { protocol, host } = new URL(place);
  return `${protocol}//${host}`;
}

const NOT_KEPT = {
  message: {
    zh: '这里没有保存过与此标记对应的内容',
    en: 'is a mark for something kept, and nothing of that number is kept for this member',
  },
  remedy: { zh: '请把标记整个换成新的内容', en: 'Write what it is in place of the whole mark.' },
};
const NO_SECRET = {
  message: { zh: '标记写在了不保密的位置', en: 'has a mark for a secret where none can stand' },
  remedy: { zh: '请把标记换成内容', en: 'Write what it is in place of the mark.' },
};
const ANOTHER_HOST = {
  message: {
    zh: '地址改成了另一主机，而密码是保存给原来那台的',
    en: 'names another host than the one that the secrets kept in this file are for',
  },
  remedy: {
    zh: '请重新填写密码、口令与地址中 ? 之后的部分',
    en: 'Write password, token and what stands behind ? of the address anew.',
  },
};

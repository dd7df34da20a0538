import type { Said } from '../../../config/issue.ts';

/**
 * Where something stands in a JSON message: a small part of JSONPath (RFC 9535), read by this file alone. Members, indexes, all members, and
 * a filter by equality; nothing that computes, no regular expressions, no descent of unknown depth, so that what a message can cost is
 * bounded. What a person writes in a file is never run as code: there is no eval here, and no second language such as JSONata.
 *
 * | written | selects |
 * |---|---|
 * | `$` | the message |
 * | `@` | the element at hand |
 * | `.name`, `['any name']` | a member |
 * | `[0]`, `[-1]` | an element of an array, from its end |
 * | `.*`, `[*]` | all members, or all elements |
 * | `[?(@.id=='x')]` | those members or elements whose own `id` is that text, number, true, false or null |
 */
export interface Path {
  readonly root: '$' | '@';
  readonly steps: readonly Step[];
  /** As it was written. */
  readonly text: string;
}

export type Scalar = string | number | boolean | null;

export type Step =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'where'; readonly members: readonly string[]; readonly is: Scalar };

/** What a path selected, and under which name it stands: a member's name, an element's index, `` for the root. */
export interface Node {
  readonly key: string;
  readonly value: unknown;
}

/** Values that one message may still cost to look at; nothing is selected any more once it is below nought. */
export interface Budget {
  left: number;
}

const MOST_CHARS = 200;
const MOST_STEPS = 16;

/** A name without quotes: no blank, and none of the signs that the language itself uses. */
const NAME = String.raw`[^\s.[\]'"*?()@$=<>!&|,]+`;
const QUOTED = String.raw`\['[^']*'\]|\["[^"]*"\]`;
const MEMBER = new RegExp(String.raw`\.(${NAME})|(${QUOTED})`, 'y');
const ALL = /\.\*|\[\*\]/y;
const INDEX = /\[(-?\d{1,6})\]/y;
const WHERE = new RegExp(
  String.raw`\[\?(\(?) ?@((?:\.${NAME}|${QUOTED})+) ?== ?('[^']*'|"[^"]*"|-?\d{1,15}(?:\.\d{1,15})?|true|false|null) ?(\)?)\]`,
  'y',
);

/** Reads a path. What is no path is told with what it can be. */
export function parsePath(text: string): Path | Said {
  const root = text[0];
  if (root !== '$' && root !== '@') return NO_ROOT;
  if (text.length > MOST_CHARS) return TOO_LONG;
  const steps: Step[] = [];
  for (let at = 1; at < text.length; ) {
    const found = stepAt(text, at);
    if (found === null) return unread(text.slice(at));
    if (steps.push(found.step) > MOST_STEPS) return TOO_LONG;
    at = found.end;
  }
  return { root, steps, text };
}

function stepAt(text: string, at: number): { step: Step; end: number } | null {
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const member = match(MEMBER);
  if (member) return { step: { kind: 'member', name: nameOf(member[0]) }, end: at + member[0].length };
  const all = match(ALL);
  if (all) return { step: { kind: 'all' }, end: at + all[0].length };
  const index = match(INDEX);
  if (index) return { step: { kind: 'index', index: Number(index[1]) }, end: at + index[0].length };
  const where = match(WHERE);
  if (!where || (where[1] === '') !== (where[4] === '')) return null;
  const members = [...(where[2] ?? '').matchAll(new RegExp(`\\.${NAME}|${QUOTED}`, 'g'))].map(([each]) => nameOf(each));
  return { step: { kind: 'where', members, is: scalarOf(where[3] ?? '') }, end: at + where[0].length };
}

const nameOf = (step: string): string => (step.startsWith('.') ? step.slice(1) : step.slice(2, -2));

function scalarOf(written: string): Scalar {
  if (written.startsWith("'") || written.startsWith('"')) return written.slice(1, -1);
  return JSON.parse(written) as Scalar;
}

/**
 * All that a path selects, in the message's order; nothing makes it throw.
 *
 * @param from what `$` and `@` stand for
 */
export function select(path: Path, from: { root: unknown; element: unknown }, budget: Budget): readonly Node[] {
  let nodes: readonly Node[] = [{ key: '', value: path.root === '$' ? from.root : from.element }];
  for (const step of path.steps) {
    const next: Node[] = [];
    for (const { value } of nodes) take(step, value, next, budget);
    if (budget.left < 0) return [];
    nodes = next;
  }
  return nodes;
}

/** The first of what a path selects, undefined where there is nothing. */
export function first(path: Path, from: { root: unknown; element: unknown }, budget: Budget): unknown {
  return select(path, from, budget)[0]?.value;
}

function take(step: Step, value: unknown, into: Node[], budget: Budget): void {
  if (typeof value !== 'object' || value === null) return;
  budget.left--;
  switch (step.kind) {
    case 'member':
      if (!Array.isArray(value) && Object.hasOwn(value, step.name))
        into.push({ key: step.name, value: memberOf(value, step.name) });
      return;
    case 'index': {
      if (!Array.isArray(value)) return;
      const at = step.index < 0 ? value.length + step.index : step.index;
      if (at >= 0 && at < value.length) into.push({ key: String(at), value: value[at] });
      return;
    }
    case 'all':
      children(value, into, budget, () => true);
      return;
    case 'where':
      children(value, into, budget, (child) => memberAt(child, step.members) === step.is);
  }
}

function children(value: object, into: Node[], budget: Budget, lets: (child: unknown) => boolean): void {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length && --budget.left >= 0; i++)
      if (lets(value[i])) into.push({ key: String(i), value: value[i] });
    return;
  }
  for (const key in value) {
    if (--budget.left < 0) return;
    const child = memberOf(value, key);
    if (lets(child)) into.push({ key, value: child });
  }
}

function memberAt(value: unknown, names: readonly string[]): unknown {
  let at = value;
  for (const name of names) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = memberOf(at, name);
  }
  return at;
}

/** A message is what JSON.parse made: plain members of its own, whatever they are called. */
const memberOf = (value: object, name: string): unknown => (value as Record<string, unknown>)[name];

const FORMS = {
  zh: "请写成 $.data.level、$.list[0]、$.list[*] 或 $.list[?(@.id=='x')] 这样",
  en: "Write it like $.data.level, $.list[0], $.list[*] or $.list[?(@.id=='x')].",
};
const NO_ROOT: Said = {
  message: {
    zh: '不是以 $（整条报文）或 @（当前元素）开头的路径',
    en: 'is no path that begins with $ (the message) or @ (the element)',
  },
  remedy: FORMS,
};
const TOO_LONG: Said = {
  message: {
    zh: `路径超过 ${MOST_CHARS} 个字符或 ${MOST_STEPS} 级`,
    en: `is a path of more than ${MOST_CHARS} characters or ${MOST_STEPS} steps`,
  },
  remedy: { zh: '请用 each 先取出其中的元素，再从 @ 写起', en: 'Select the elements with `each`, and go on from @.' },
};

function unread(rest: string): Said {
  return {
    message: { zh: `路径从“${rest.slice(0, 40)}”起不能识别`, en: `cannot be read from "${rest.slice(0, 40)}" on` },
    remedy: FORMS,
  };
}

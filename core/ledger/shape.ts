import type { LedgerEvent } from './envelope.ts';
import { isHlc } from './hlc.ts';
import { isStream } from './stream.ts';

/** What an event has in a member that it may not have. */
export interface Misfit {
  /** Dotted; empty for the event itself. */
  path: string;
  /** What it has to be. */
  message: string;
}

type Look = (value: unknown) => boolean;
type Thing = Readonly<Record<string, unknown>>;
type Members = readonly (readonly [name: string, fits: Look, message: string])[];

/** Printable text. Lone surrogates and control characters do not survive every store, and a hash covers what was sealed. */
const PRINTABLE = /^[^\p{Cc}\p{Cs}]+$/u;
/** Most texts of an event have nothing else, and it takes a fraction of the time to see. */
const PLAIN = /^[ -~]+$/;
const HASH = /^[0-9a-f]{64}$/;

const text = (fits: (text: string) => boolean): Look => {
  return (value) => typeof value === 'string' && fits(value);
};
const whole = (from: number, to: number): Look => {
  return (value) => Number.isSafeInteger(value) && (value as number) >= from && (value as number) <= to;
};

/** Characters are code points: one beyond the first 65,536 counts as one, though JavaScript has two units for it. */
const isWithin = (value: string, max: number): boolean =>
  value.length <= max || (value.length <= 2 * max && [...value].length <= max);

const word = (name: string, max: number) =>
  [
    name,
    text((value) => isWithin(value, max) && (PLAIN.test(value) || PRINTABLE.test(value))),
    `printable text of 1 to ${max} characters`,
  ] as const;
const hash = (name: string) => [name, text((value) => HASH.test(value)), 'a SHA-256 in lower-case hex'] as const;

function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const EVENT: Members = [
  word('id', 250),
  ['stream', text(isStream), 'a stream'],
  word('station', 100),
  ['seq', whole(1, Number.MAX_SAFE_INTEGER), 'a whole number from 1'],
  ['hlc', text(isHlc), 'a hybrid logical time'],
  ['at', whole(0, Number.MAX_SAFE_INTEGER), 'a whole number from 0'],
  word('type', 100),
  ['v', whole(1, 1_000_000), 'a whole number from 1 to 1,000,000'],
  word('subject', 250),
  ['actor', isThing, 'an object'],
  ['body', isThing, 'an object'],
  hash('prev'),
  hash('hash'),
];

/** Members of which somebody else than the chain says what they are: who decided, the clock, what it belongs to. */
const GIVEN = new Set(['stream', 'at', 'type', 'v', 'subject', 'actor', 'body']);
const LINKED: Members = EVENT.filter(([name]) => GIVEN.has(name));

/** What else a later version says of an actor is covered by the hash and stays. It may know more kinds; whoever does not shows the name. */
const ACTOR: Members = [word('kind', 20), word('id', 100), orNull(word('seat', 100))];
const ACTOR_MAY_HAVE: Members = [word('person', 100), word('session', 100)];

function orNull([name, fits, message]: Members[number]): Members[number] {
  return [name, (value) => value === null || fits(value), `${message}, or null`];
}

function misfitOf(value: Thing, members: Members, within: string): Misfit | null {
  for (const [name, fits, message] of members) {
    if (!fits(value[name])) return { path: within + name, message };
  }
  return null;
}

/**
 * Null when a value has the members of an event, as it comes from a peer, a bundle or a file. Size, nesting and what JSON can carry are
 * `readEvent`'s to look at. Written out: every append and every merge goes through here, and a schema takes ten times as long.
 */
export function misfit(value: unknown): Misfit | null {
  if (!isThing(value)) return { path: '', message: 'an object' };
  return misfitAmong(EVENT, value);
}

/** The same of an event that was linked here: id, number, time and hashes are the chain's own, and fit. */
export function misfitOfLinked(event: LedgerEvent): Misfit | null {
  return misfitAmong(LINKED, event as unknown as Thing);
}

function misfitAmong(members: Members, value: Thing): Misfit | null {
  const found = misfitOf(value, members, '');
  if (found) return found;
  const actor = value.actor as Thing;
  const said = ACTOR_MAY_HAVE.filter(([name]) => actor[name] !== undefined);
  return misfitOf(actor, ACTOR, 'actor.') ?? misfitOf(actor, said, 'actor.');
}

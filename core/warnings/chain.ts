import type { EventDraft, Json } from '../ledger/envelope.ts';
import { seenOf } from '../ledger/register.ts';
import type { Said, WarningMessage } from './message.ts';
import { holds, incidentOfWarning, type Warning } from './warning.ts';

/** What a chain is looked up in. */
export interface KnownWarnings {
  get(subject: string): Warning;
  /** The subject of a message: the same at every station. */
  subjectOf(sender: string, identifier: string): string;
}

/** So many messages of a chain are looked at, those nearest to the one that came. */
const MOST_OF_CHAIN = 300;

/**
 * Takes a message of an authority into its chain (SPEC.md).
 *
 * @param now wall ms
 * @param actor who brought it: `feed.<id>`
 * @returns nothing for one that came before
 */
export function takeWarning(
  message: WarningMessage,
  known: KnownWarnings,
  { now, actor }: { now: number; actor: string },
): EventDraft[] {
  const { references, ...said } = message;
  const subject = subjectFor(said, known);
  const before = known.get(subject);
  if (before.came) return []; // N2
  const draft = (type: string, of: string, body: { [key: string]: Json }): EventDraft => ({
    ...{ type, subject: of, actor, body },
  });

  const follows = [
    ...new Set(
      references
        .filter(({ sender }) => sender === null || sender === said.sender) // N4
        .map(({ identifier }) => followedBy(said, identifier, known)),
    ),
  ].filter((each) => each !== subject);
  const others = chainFrom([...follows, ...before.followers], subject, known);
  const newest = others.reduce<Warning | null>((a, b) => (a && isNewer(saidOf(a), saidOf(b)) ? a : b), null);
  const speaks = newest === null || isNewer(said, saidOf(newest));

  const goesOn = newest !== null && holds(newest) && speaks && said.does !== 'cancel' ? newest : null;
  const asks = said.does !== 'cancel' && !(goesOn && isSeen(goesOn) && !isWorse(said, saidOf(goesOn)));
  const events = [
    draft('warning.came', subject, { ...said, follows, asks } as unknown as { [key: string]: Json }),
    ...follows.map((each) => draft('warning.followed', each, { by: subject })),
  ];
  const end = (of: string, how: 'replaced' | 'cancelled' | 'expired', by: string | null) =>
    events.push(draft('warning.ended', of, { how, by }));

  const [speaker, does] = speaks || newest === null ? [subject, said.does] : [newest.id, saidOf(newest).does];
  const how = does === 'cancel' ? 'cancelled' : 'replaced';
  for (const other of others) if (other.id !== speaker && holds(other)) end(other.id, how, speaker);
  if (said.does === 'cancel') return events;
  if (!speaks) end(subject, how, speaker);
  else if (said.until <= now) end(subject, 'expired', null);
  const incident = speaks && newest !== null ? incidentOfWarning(newest) : null;
  if (incident !== null) events.push(draft('warning.linked', subject, { incident, seen: seenOf(before.incident) }));
  return events;
}

/**
 * Sender and identifier are the key. Platforms number by the second, so that one number may name two warnings: of the second, which is of
 * another event, the key has that too (N3).
 */
function subjectFor(said: Named, known: KnownWarnings): string {
  const subject = known.subjectOf(said.sender, said.identifier);
  const there = known.get(subject).said;
  return there === null || isSameEvent(there, said) ? subject : besideOf(said, known);
}

/** The subject of what a message follows: of two under one number that of its own event, where there is one. */
function followedBy(said: Said, identifier: string, known: KnownWarnings): string {
  const beside = besideOf({ ...said, identifier }, known);
  return known.get(beside).came ? beside : known.subjectOf(said.sender, identifier);
}

const besideOf = ({ sender, identifier, ...said }: Named, known: KnownWarnings) =>
  known.subjectOf(sender, `${identifier}#${eventOf(said)}`);

type Named = Pick<Said, 'sender' | 'identifier' | 'code' | 'event'>;
const eventOf = ({ code, event }: Pick<Said, 'code' | 'event'>) => code || event.zh || event.en;
const isSameEvent = (a: Named, b: Named) => eventOf(a) === eventOf(b);

/** Those of a chain that came, from these on, without the message itself. */
function chainFrom(start: readonly string[], self: string, known: KnownWarnings): Warning[] {
  const seen = new Set([self, ...start]);
  const chain: Warning[] = [];
  // What is added while it runs is looked at too.
  for (const subject of seen) {
    if (subject === self) continue;
    const warning = known.get(subject);
    if (warning.came) chain.push(warning);
    for (const next of [...warning.follows, ...warning.followers]) if (seen.size < MOST_OF_CHAIN) seen.add(next);
  }
  return chain;
}

/** Which of two messages of a chain speaks for it; of two that were sent at once a cancel, else the one numbered higher. */
function isNewer(a: Said, b: Said): boolean {
  if (a.sent !== b.sent) return a.sent > b.sent;
  if ((a.does === 'cancel') !== (b.does === 'cancel')) return a.does === 'cancel';
  return a.identifier > b.identifier;
}

const saidOf = (warning: Warning): Said => warning.said as Said;
const isSeen = ({ acknowledged, asks }: Warning) => acknowledged !== null || !asks;
const isWorse = (said: Said, than: Said) => said.level < than.level || !isSameEvent(said, than);

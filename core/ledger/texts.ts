import { type JsonLimits, tooLong, worded } from './canonical.ts';
import type { LedgerEvent } from './envelope.ts';

/** Largest event, in characters of its canonical JSON. A plan's document has a few thousand; one of 300 steps in two languages a hundred thousand. */
export const MAX_EVENT_CHARS = 256 * 1024;

/** Deepest nesting of an event: far more than any body has, far less than what exhausts a stack. */
export const MAX_EVENT_DEPTH = 40;

const LIMITS: JsonLimits = { chars: MAX_EVENT_CHARS, depth: MAX_EVENT_DEPTH };

type Content = Omit<LedgerEvent, 'hash'>;
type StoredEvent = Omit<LedgerEvent, 'actor' | 'body'> & Pick<EventTexts, 'actor' | 'body'>;

/** An event put into words: what is hashed, stored, and sent. All canonical JSON. */
export interface EventTexts {
  readonly actor: string;
  readonly body: string;
  /** All of it but the hash. */
  readonly content: string;
}

/**
 * Of events that were linked or came from outside in this process, until they are durable and were told of: whoever stores, seals or sends
 * one does not put it into words again. An event is never changed, so its words are not either. A member that no copy takes along, because a
 * copy may be changed; a map beside the events cost the collector of garbage more than all that was written into it.
 */
const KEPT = Symbol('texts');

type Worded = LedgerEvent & { [KEPT]?: EventTexts | undefined };

export function keepTexts(event: LedgerEvent, texts: EventTexts): void {
  Object.defineProperty(event, KEPT, { value: texts, writable: true });
}

/** They have been stored and sent: whoever goes on holding an event does not hold three times its size. */
export function dropTexts(events: readonly LedgerEvent[]): void {
  for (const event of events as readonly Worded[]) if (event[KEPT] !== undefined) event[KEPT] = undefined;
}

export function textsOf(event: LedgerEvent): EventTexts {
  return (event as Worded)[KEPT] ?? write(event).texts;
}

/**
 * Its words, and whether actor and body are what is read from them.
 *
 * @throws UncarriedValue where it is beyond what any station takes, or JSON cannot carry it.
 */
export function textsWithinLimits(event: Content): { texts: EventTexts; asRead: boolean } {
  const written = write(event, LIMITS);
  if (written.texts.content.length > MAX_EVENT_CHARS) throw tooLong(LIMITS);
  return written;
}

/** The whole event as JSON, for another station. */
export function wireText(event: LedgerEvent): string {
  return withHash(textsOf(event).content, event.hash);
}

/** The same of an event whose actor and body are canonical JSON, as they are stored. */
export function storedWireText(stored: StoredEvent): string {
  return withHash(contentOf(stored, stored.actor, stored.body), stored.hash);
}

function withHash(content: string, hash: string): string {
  return `${content.slice(0, -1)},"hash":"${hash}"}`;
}

function write(event: Content, limits?: JsonLimits): { texts: EventTexts; asRead: boolean } {
  const actor = worded(event.actor, limits, 2);
  const body = worded(event.body, limits, 2);
  const content = contentOf(event, actor.text, body.text);
  return { texts: { actor: actor.text, body: body.text, content }, asRead: actor.asRead && body.asRead };
}

/** Every append, every merge and every start goes through here. */
function contentOf(event: Omit<Content, 'actor' | 'body'>, actor: string, body: string): string {
  const { id, stream, station, seq, hlc, at, type, v, subject, prev } = event;
  const rest = JSON.stringify({ hlc, id, prev, seq, station, stream, subject, type, v });
  return `{"actor":${actor},"at":${JSON.stringify(at)},"body":${body},${rest.slice(1)}`;
}

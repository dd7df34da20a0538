import { canonicalJson, type JsonLimits, tooLong } from './canonical.ts';
import type { LedgerEvent } from './envelope.ts';

/** Largest event, in characters of its canonical JSON. A plan's document has a few thousand; one of 300 steps in two languages a hundred thousand. */
export const MAX_EVENT_CHARS = 256 * 1024;

/** Deepest nesting of an event: far more than any body has, far less than what exhausts a stack. */
export const MAX_EVENT_DEPTH = 40;

const LIMITS: JsonLimits = { chars: MAX_EVENT_CHARS, depth: MAX_EVENT_DEPTH };

type Content = Omit<LedgerEvent, 'hash'>;

/** An event put into words: what is hashed, stored, and sent. All canonical JSON. */
export interface EventTexts {
  readonly actor: string;
  readonly body: string;
  /** All of it but the hash. */
  readonly content: string;
}

/**
 * Of events that were linked or came from outside in this process, for as long as they are in memory: whoever stores, seals or sends one
 * does not put it into words again. An event is never changed, so its words are not either. A member that no copy takes along, because a
 * copy may be changed; a map beside the events cost the collector of garbage more than all that was written into it.
 */
const KEPT = Symbol('texts');

type Worded = LedgerEvent & { [KEPT]?: EventTexts };

export function keepTexts(event: LedgerEvent, texts: EventTexts): void {
  Object.defineProperty(event, KEPT, { value: texts });
}

export function textsOf(event: LedgerEvent): EventTexts {
  return (event as Worded)[KEPT] ?? write(event);
}

/** @throws UncarriedValue where it is beyond what any station takes, or JSON cannot carry it. */
export function textsWithinLimits(event: Content): EventTexts {
  const texts = write(event, LIMITS);
  if (texts.content.length > MAX_EVENT_CHARS) throw tooLong(LIMITS);
  return texts;
}

/** The whole event as JSON, for another station. */
export function wireText(event: LedgerEvent): string {
  return `${textsOf(event).content.slice(0, -1)},"hash":"${event.hash}"}`;
}

/** Written out: every append, every merge and every start goes through here. */
function write(event: Content, limits?: JsonLimits): EventTexts {
  const { id, stream, station, seq, hlc, at, type, v, subject, prev } = event;
  const text = JSON.stringify;
  const actor = canonicalJson(event.actor, limits, 2);
  const body = canonicalJson(event.body, limits, 2);
  const content = `{"actor":${actor},"at":${text(at)},"body":${body},"hlc":${text(hlc)},"id":${text(id)},"prev":${text(prev)},"seq":${text(seq)},"station":${text(station)},"stream":${text(stream)},"subject":${text(subject)},"type":${text(type)},"v":${text(v)}}`;
  return { actor, body, content };
}

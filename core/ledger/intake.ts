import { UncarriedValue } from './canonical.ts';
import type { LedgerEvent } from './envelope.ts';
import { type Misfit, misfit, misfitOfLinked } from './shape.ts';
import { keepTexts, textsWithinLimits } from './texts.ts';

/** Why something from outside is not an event. */
export interface IntakeFault {
  reason: 'malformed' | 'too-large';
  message: string;
}

/**
 * An event from a peer, a bundle or a file, checked against the limits and its members; its place in a chain is not. Actor and body are read
 * from their canonical texts, where they are not what such a text says already: members come in the same order on every station, whoever
 * passed the event on. Whoever hands it over changes nothing of it later.
 */
export function readEvent(value: unknown): LedgerEvent | IntakeFault {
  const found = misfit(value);
  if (found) return faultOf(found);
  try {
    const { id, stream, station, seq, hlc, at, type, v, subject, actor, body, prev, hash } = value as LedgerEvent;
    const event: LedgerEvent = { id, stream, station, seq, hlc, at, type, v, subject, actor, body, prev, hash };
    const { texts, asRead } = textsWithinLimits(event);
    if (!asRead) [event.actor, event.body] = [JSON.parse(texts.actor), JSON.parse(texts.body)];
    keepTexts(event, texts);
    return event;
  } catch (error) {
    if (error instanceof UncarriedValue) return { reason: error.reason, message: error.message };
    throw error;
  }
}

/** Null when every station takes an event that was linked here as it is. It is within the limits already; this looks at its members. */
export function unfit(event: LedgerEvent): IntakeFault | null {
  const found = misfitOfLinked(event);
  return found && faultOf(found);
}

function faultOf({ path, message }: Misfit): IntakeFault {
  return { reason: 'malformed', message: `${path || 'the event'}: it is not ${message}` };
}

export function isIntakeFault(read: LedgerEvent | IntakeFault): read is IntakeFault {
  return 'reason' in read;
}

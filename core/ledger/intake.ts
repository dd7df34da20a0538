import { UncarriedValue } from './canonical.ts';
import { EventSchema } from './chain.ts';
import type { LedgerEvent } from './envelope.ts';
import { keepTexts, textsWithinLimits } from './texts.ts';

/** Why something from outside is not an event. */
export interface IntakeFault {
  reason: 'malformed' | 'too-large';
  message: string;
}

/**
 * An event from a peer, a bundle or a file, checked against the limits and the schema; its place in a chain is not. Its body is read from
 * its canonical text: members come in the same order on every station, whoever passed the event on.
 */
export function readEvent(value: unknown): LedgerEvent | IntakeFault {
  const parsed = EventSchema.safeParse(value);
  if (!parsed.success) return schemaFault(parsed.error);
  try {
    const texts = textsWithinLimits(parsed.data);
    const event: LedgerEvent = { ...parsed.data, body: JSON.parse(texts.body) };
    keepTexts(event, texts);
    return event;
  } catch (error) {
    if (error instanceof UncarriedValue) return { reason: error.reason, message: error.message };
    throw error;
  }
}

/** Null when every station takes the event as it is. What is linked is within the limits already; this looks at its members. */
export function unfit(event: LedgerEvent): IntakeFault | null {
  const parsed = EventSchema.safeParse(event);
  return parsed.success ? null : schemaFault(parsed.error);
}

function schemaFault({
  issues: [issue],
}: {
  issues: readonly { path: PropertyKey[]; message: string }[];
}): IntakeFault {
  return {
    reason: 'malformed',
    message: `${issue?.path.map(String).join('.') || 'the event'}: ${issue?.message ?? 'does not fit the schema'}`,
  };
}

export function isIntakeFault(read: LedgerEvent | IntakeFault): read is IntakeFault {
  return 'reason' in read;
}

import { EventSchema } from './chain.ts';
import type { LedgerEvent } from './envelope.ts';

/** Largest event, in characters of its JSON. A plan's document has a few thousand; one of 300 steps in two languages a hundred thousand. */
export const MAX_EVENT_CHARS = 256 * 1024;

/** Deepest nesting of an event: far more than any body has, far less than what exhausts a stack. */
export const MAX_EVENT_DEPTH = 40;

/** Why something from outside is not an event. */
export interface IntakeFault {
  reason: 'malformed' | 'too-large';
  message: string;
}

/**
 * Size and nesting of a value, and whether JSON can carry it, without recursion and without looking further than the limits.
 * Null when it is within them.
 */
export function weigh(value: unknown, maxChars: number, maxDepth: number): IntakeFault | null {
  const malformed = (message: string): IntakeFault => ({ reason: 'malformed', message });
  let chars = 0;
  const open: { value: unknown; depth: number }[] = [{ value, depth: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: item, depth } = next;
    if (typeof item === 'string') chars += item.length + 2;
    else if (typeof item === 'number') {
      if (!Number.isFinite(item)) return malformed('a number that JSON cannot carry');
      chars += 8;
    } else if (item === null || typeof item === 'boolean') chars += 4;
    else if (typeof item === 'object') {
      if (depth > maxDepth) return { reason: 'too-large', message: `nested deeper than ${maxDepth}` };
      if (Array.isArray(item)) {
        chars += item.length + 2;
        if (chars <= maxChars) for (const member of item) open.push({ value: member, depth: depth + 1 });
      } else {
        for (const [key, member] of Object.entries(item)) {
          if (key === '__proto__') return malformed('a member named __proto__');
          chars += key.length + 4;
          open.push({ value: member, depth: depth + 1 });
        }
      }
    } else return malformed(`${typeof item}, which JSON cannot carry`);
    if (chars > maxChars) return { reason: 'too-large', message: `larger than ${maxChars} characters` };
  }
  return null;
}

/** An event from a peer, a bundle or a file, checked against the limits and the schema; its place in a chain is not. */
export function readEvent(value: unknown): LedgerEvent | IntakeFault {
  const fault = weigh(value, MAX_EVENT_CHARS, MAX_EVENT_DEPTH);
  if (fault) return fault;
  const parsed = EventSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return {
    reason: 'malformed',
    message: `${issue?.path.map(String).join('.') || 'the event'}: ${issue?.message ?? 'does not fit the schema'}`,
  };
}

export function isIntakeFault(read: LedgerEvent | IntakeFault): read is IntakeFault {
  return 'reason' in read;
}

import { z } from 'zod';
import { canonicalJson } from '../../core/ledger/canonical.ts';
import { own } from '../../core/own.ts';
import type { Ledger } from '../ledger/ledger.ts';

type Stood = Pick<Ledger, 'heads' | 'range'>;

const Position = z.record(z.string(), z.object({ seq: z.number().int().positive(), hash: z.string() }));

/** Where every chain of the ledger stands, as text: what is derived carries that of the events it is made of. */
export function positionOf(ledger: Pick<Ledger, 'heads'>): string {
  return positionAt(ledger.heads());
}

/** The same where the chains stand at these heads. */
export const positionAt = (heads: Readonly<Record<string, { seq: number; hash: string }>>): string =>
  canonicalJson(heads);

/** The heads a position is of; null for a text that is none. */
export function headsAt(position: string): z.infer<typeof Position> | null {
  try {
    return Position.parse(JSON.parse(position));
  } catch {
    return null;
  }
}

/**
 * What a ledger holds beyond a position: by chain, the last seq that is in it. Null when the position is not one that this ledger was
 * ever at, because it was put back to an earlier state or is another.
 */
export function beyond(position: string, ledger: Stood): ReadonlyMap<string, number> | null {
  if (position === positionOf(ledger)) return new Map();
  const then = headsAt(position);
  const now = ledger.heads();
  if (!then) return null;
  const after = new Map<string, number>();
  for (const [chain, head] of Object.entries(now)) {
    const held = own(then, chain);
    if (!held) after.set(chain, 0);
    else if (held.hash !== head.hash) {
      if (held.seq >= head.seq || ledger.range(chain, held.seq, 1)[0]?.hash !== held.hash) return null;
      after.set(chain, held.seq);
    }
  }
  return Object.keys(then).every((chain) => own(now, chain)) ? after : null;
}

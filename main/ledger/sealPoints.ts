import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { chainKeys } from '../../core/ledger/stream.ts';
import { textsOf } from '../../core/ledger/texts.ts';

/** Between two seals lie at most so many events, and about so many characters: what a message between stations surely holds. */
const MOST_EVENTS = 400;
const MOST_CHARS = 512 * 1024;

/** Which events of a commit group are sealed: the last of each chain, and more where they are too many for one message. */
export function sealPoints(events: readonly LedgerEvent[]): LedgerEvent[] {
  const points: LedgerEvent[] = [];
  const open = new Map<string, { last: LedgerEvent; count: number; chars: number }>();
  const keyOf = chainKeys();
  for (const event of events) {
    const chain = keyOf(event);
    const run = open.get(chain) ?? { last: event, count: 0, chars: 0 };
    run.last = event;
    run.count++;
    run.chars += textsOf(event).body.length;
    open.set(chain, run);
    if (run.count < MOST_EVENTS && run.chars < MOST_CHARS) continue;
    points.push(event);
    open.delete(chain);
  }
  for (const { last } of open.values()) points.push(last);
  return points;
}

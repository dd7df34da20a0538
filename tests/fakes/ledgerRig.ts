import { pino } from 'pino';
import type { EventDraft, LedgerEvent } from '../../core/ledger/envelope.ts';
import { createLedger } from '../../main/ledger/createLedger.ts';
import type { Ledger } from '../../main/ledger/ledger.ts';
import type { LedgerParts } from '../../main/ledger/ledgerParts.ts';
import { sha256 } from '../../main/ledger/sha256.ts';
import { createFakeClock } from './clock.ts';
import { createMemoryLedgerStore, type MemoryLedgerStore, partsFor } from './ledgerStore.ts';

export const log = pino({ level: 'silent' });

/** A ledger in memory under test. */
interface Rig {
  ledger: Ledger;
  store: MemoryLedgerStore;
  /** What the listener heard, in order. */
  heard: string[];
  clock: ReturnType<typeof createFakeClock>;
}

export function rig(station = 'a', store = createMemoryLedgerStore(), more: Pick<LedgerParts, 'sealWithin'> = {}): Rig {
  const clock = createFakeClock();
  const heard: string[] = [];
  const ledger = createLedger({
    store,
    station,
    chain: store.note('chain') ?? station,
    clock,
    log,
    sha256,
    recovery: null,
    ...partsFor(station),
    ...more,
    onClosed: () => undefined,
  });
  const ids = (events: readonly LedgerEvent[]): string => events.map((event) => event.id).join(' ');
  ledger.listen({
    fold: (events) => void heard.push(`fold ${ids(events)}`),
    committed: (events, origin) => void heard.push(`${origin} ${ids(events)}`),
    rolledBack: (subjects) => void heard.push(`rolled back ${subjects.join(' ')}`),
    kept: (events) => void heard.push(`kept ${ids(events)}`),
    changed: () => void heard.push('changed'),
    sealed: () => void heard.push('sealed'),
  });
  return { ledger, store, heard, clock };
}

export const note = (text: string, subject = 'note:1'): EventDraft => ({
  type: 'noted',
  subject,
  actor: 'duty',
  body: { text },
});

export async function chainOf(length: number, station = 'b'): Promise<LedgerEvent[]> {
  const { ledger } = rig(station);
  for (let i = 0; i < length; i++) await ledger.transact(() => [note(`${station} ${i}`)]);
  return ledger.range(`ops/${station}`, 1, length);
}

import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { type Have, missing } from '../../core/ledger/order.ts';
import { BATCH_CHARS, BATCH_EVENTS } from './messages.ts';

/** What a session reads of the ledger. */
export interface EventSource {
  have(): Have;
  range(station: string, from: number, limit: number): LedgerEvent[];
}

/** Batches a peer may leave unanswered. */
const WINDOW = 4;
/** After this long without an answer a batch counts as lost, in ms. */
const LOST_AFTER = 15_000;
/** Pause after an answer that took nothing, in ms: whatever is wrong does not get better by sending it again at once. */
const STALL = 1000;
/** Events read from the ledger at a time while a batch is filled. */
const READ = 100;

/** What a peer lacks, cut into batches: which of them are under way, and what it is known to hold. */
export interface Outgoing {
  /** What the peer is known to hold durably. */
  readonly acknowledged: Have;
  /** Chains the peer will not take from us, and why. */
  readonly blocked: ReadonlyMap<string, string>;
  /** The peer said how far it holds each chain, or showed it by sending events. */
  learn(have: Have): void;
  /** The peer answered a batch. */
  answered(batch: number, have: Have, refused: readonly { id: string; reason: string }[], mono: number): void;
  /** The next batches, as message texts: as many as the window allows. */
  batches(mono: number): string[];
}

export function createOutgoing(source: EventSource): Outgoing {
  // No prototype: a chain may be called `constructor`.
  const acknowledged: Record<string, number> = Object.create(null);
  const blocked = new Map<string, string>();
  const underWay = new Map<number, number>();
  /** What the peer holds or will hold when all that is under way arrives. */
  let cursor: Record<string, number> = Object.create(null);
  let sent = 0;
  let stalledUntil = 0;

  const learn = (have: Have): boolean => {
    let news = false;
    for (const [chain, seq] of Object.entries(have)) {
      if (seq <= (acknowledged[chain] ?? 0)) continue;
      acknowledged[chain] = seq;
      cursor[chain] = Math.max(cursor[chain] ?? 0, seq);
      blocked.delete(chain);
      news = true;
    }
    return news;
  };

  const collect = (): string[] => {
    const texts: string[] = [];
    let chars = 0;
    for (const { station, from, to } of missing(source.have(), cursor)) {
      if (blocked.has(station)) continue;
      for (let seq = from; seq <= to; ) {
        const room = Math.min(READ, BATCH_EVENTS - texts.length, to - seq + 1);
        if (room <= 0 || chars >= BATCH_CHARS) return texts;
        const events = source.range(station, seq, room);
        if (events.length === 0) break;
        for (const event of events) {
          const text = JSON.stringify(event);
          texts.push(text);
          chars += text.length;
          cursor[station] = event.seq;
          seq = event.seq + 1;
          if (chars >= BATCH_CHARS) break;
        }
      }
    }
    return texts;
  };

  return {
    acknowledged,
    blocked,
    learn: (have) => void learn(have),
    answered(batch, have, refused, mono) {
      const expected = underWay.delete(batch);
      const news = learn(have);
      for (const { id, reason } of refused) {
        const chain = id.slice(0, id.lastIndexOf('-'));
        if (reason !== 'gap' && chain !== '') blocked.set(chain, reason);
      }
      if (expected && !news && refused.length > 0) stalledUntil = mono + STALL;
    },
    batches(mono) {
      for (const [batch, at] of underWay) if (mono - at >= LOST_AFTER) underWay.delete(batch);
      // Nothing under way: whatever the peer does not say it holds has been lost.
      if (underWay.size === 0) cursor = Object.assign(Object.create(null), acknowledged);
      const texts: string[] = [];
      while (underWay.size < WINDOW && mono >= stalledUntil) {
        const events = collect();
        if (events.length === 0) break;
        const batch = ++sent;
        underWay.set(batch, mono);
        texts.push(`{"t":"events","batch":${batch},"events":[${events.join(',')}]}`);
      }
      return texts;
    },
  };
}

import { type Have, haveOf, missing } from '../../core/ledger/order.ts';
import type { Seal } from '../../core/ledger/seal.ts';
import { chainKey, splitKey, type Taken, takesStream } from '../../core/ledger/stream.ts';
import { isChainKey, stationOf } from '../ledger/chainName.ts';
import { BATCH_CHARS, BATCH_EVENTS } from './messages.ts';
import type { WireTexts } from './wireTexts.ts';

/** Batches a peer may leave unanswered. */
const WINDOW = 4;
/** After this long without an answer a batch counts as lost, in ms. */
const LOST_AFTER = 15_000;
/** Pause after an answer that took nothing, in ms: whatever is wrong does not get better by sending it again at once. */
const STALL = 1000;
/** Events read from the ledger at a time while a batch is filled. */
const READ = 100;
/** Chains of which a peer's claims are kept; more than any hall holds. */
const MAX_CLAIMS = 2000;

/** Refusals that say to come again with what goes before, or with a seal. */
const WAITS: ReadonlySet<string> = new Set(['gap', 'unsealed']);

interface Batch {
  texts: string[];
  seals: Seal[];
}

/** What a peer lacks, cut into batches: which of them are under way, and what it is known to hold. */
export interface Outgoing {
  /** What the peer says it holds durably; of our own chains no more than we wrote: nobody else can hold more. */
  readonly acknowledged: Have;
  /** How far the peer says it holds each chain, true or not. */
  readonly claimed: Have;
  /** Chains of ours that the peer will not take from us, and why. */
  readonly blocked: ReadonlyMap<string, string>;
  /** The peer said who it is and which streams it takes: it is sent those, and what it wrote itself. */
  heed(peer: string, takes: Taken): void;
  /** The peer said how far it holds each chain. */
  learn(have: Have): void;
  /** The peer sent these; until they are looked at nothing of them is believed, but they are not sent back either. */
  offered(batch: number, events: readonly unknown[]): void;
  /** They were looked at: if all are genuine, who sent them holds them. Answers their chains, and how far they went. */
  taken(batch: number, genuine: boolean): Have;
  /** The peer answered a batch. False when it was not one that is under way. */
  answered(batch: number, have: Have, refused: readonly { id: string; reason: string }[], mono: number): boolean;
  /** The next batches, as message texts: as many as the window allows. */
  batches(mono: number): string[];
}

export function createOutgoing(station: string, source: WireTexts): Outgoing {
  const none = (): Record<string, number> => Object.create(null);
  const acknowledged = none();
  const claimed = none();
  const blocked = new Map<string, string>();
  const underWay = new Map<number, number>();
  const offers = new Map<number, Have>();
  /** What the peer holds or will hold when all that is under way arrives. */
  let cursor = none();
  let wants = (_chain: string): boolean => true;
  let claims = 0;
  let sent = 0;
  let stalledUntil = 0;

  const raise = (chain: string, seq: number): void => {
    cursor[chain] = Math.max(cursor[chain] ?? 0, seq);
  };

  const learn = (have: Have): boolean => {
    const ours = source.have();
    let news = false;
    for (const [chain, seq] of Object.entries(have)) {
      if (seq > (claimed[chain] ?? 0)) {
        if (!(chain in claimed) && !(chain in ours) && ++claims > MAX_CLAIMS) continue;
        claimed[chain] = seq;
        raise(chain, seq);
      }
      const believed = stationOf(chain) === station ? Math.min(seq, ours[chain] ?? 0) : seq;
      if (believed <= (acknowledged[chain] ?? 0)) continue;
      acknowledged[chain] = believed;
      blocked.delete(chain);
      news = true;
    }
    return news;
  };

  /** What goes out next, each chain up to a seal: whoever gets it takes no more than is sealed (L19). */
  const collect = (): Batch => {
    const batch: Batch = { texts: [], seals: [] };
    let chars = 0;
    for (const { chain, from, to } of missing(source.have(), cursor)) {
      if (blocked.has(chain) || !wants(chain)) continue;
      for (let seq = from; seq <= to; ) {
        const room = Math.min(BATCH_EVENTS - batch.texts.length, to - seq + 1);
        if (room <= 0 || chars >= BATCH_CHARS) return batch;
        const found: string[] = [];
        let size = chars;
        const read = (until: number): void => {
          while (size < BATCH_CHARS && seq + found.length <= until) {
            const more = source.texts(chain, seq + found.length, Math.min(READ, until - seq - found.length + 1));
            if (more.length === 0) return;
            for (const text of more) {
              found.push(text);
              size += text.length;
              if (size >= BATCH_CHARS) return;
            }
          }
        };
        read(seq + room - 1);
        let seal = source.sealWithin(chain, seq, seq + found.length - 1);
        if (seal === undefined) {
          // The next one lies further than this batch goes: it has the whole of another.
          if (batch.texts.length > 0) return batch;
          seal = source.sealFrom(chain, seq);
          if (seal === undefined || seal.seq - seq >= BATCH_EVENTS) break;
          while (seq + found.length <= seal.seq) {
            const more = source.texts(chain, seq + found.length, seal.seq - seq - found.length + 1);
            if (more.length === 0) break;
            found.push(...more);
          }
          if (seq + found.length <= seal.seq) break;
        }
        for (const text of found.slice(0, seal.seq - seq + 1)) {
          batch.texts.push(text);
          chars += text.length;
        }
        batch.seals = [...batch.seals.filter((each) => each.chain !== chain), seal];
        cursor[chain] = seal.seq;
        seq = seal.seq + 1;
      }
    }
    return batch;
  };

  return {
    acknowledged,
    claimed,
    blocked,
    heed(peer, takes) {
      wants = (chain) => isSentTo({ station: peer, takes }, chain);
    },
    learn: (have) => void learn(have),
    offered(batch, events) {
      const shown = shownBy(events);
      offers.set(batch, shown);
      for (const [chain, seq] of Object.entries(shown)) raise(chain, seq);
    },
    taken(batch, genuine) {
      const shown = offers.get(batch) ?? none();
      offers.delete(batch);
      if (genuine) learn(shown);
      return shown;
    },
    answered(batch, have, refused, mono) {
      const expected = underWay.delete(batch);
      const news = learn(have);
      const ours = source.have();
      for (const { id, reason } of refused) {
        const chain = id.slice(0, id.lastIndexOf('-'));
        // Only of what we hold: nobody fills our memory with refusals of what we never sent.
        if (!WAITS.has(reason) && chain in ours) blocked.set(chain, reason);
      }
      if (expected && !news && refused.length > 0) stalledUntil = mono + STALL;
      return expected;
    },
    batches(mono) {
      for (const [batch, at] of underWay) if (mono - at >= LOST_AFTER) underWay.delete(batch);
      // Nothing under way: whatever the peer does not say it holds has been lost.
      if (underWay.size === 0) {
        cursor = Object.assign(none(), claimed);
        for (const shown of offers.values()) for (const [chain, seq] of Object.entries(shown)) raise(chain, seq);
      }
      const texts: string[] = [];
      while (underWay.size < WINDOW && mono >= stalledUntil) {
        const { texts: events, seals } = collect();
        if (events.length === 0) break;
        const batch = ++sent;
        underWay.set(batch, mono);
        texts.push(`{"t":"events","batch":${batch},"events":[${events.join(',')}],"seals":${JSON.stringify(seals)}}`);
      }
      return texts;
    },
  };
}

/** Whether a station is sent a chain: of the streams it takes, or its own. */
export function isSentTo(peer: { station: string; takes: Taken }, chain: string): boolean {
  return stationOf(chain) === peer.station || takesStream(peer.takes, splitKey(chain).stream);
}

/** Who sends an event holds its chain up to there, if it is genuine: it need not be sent back. */
function shownBy(events: readonly unknown[]): Have {
  const shown = new Map<string, number>();
  for (const event of events) {
    const at = placeOf(event);
    if (at) shown.set(at.chain, Math.max(at.seq, shown.get(at.chain) ?? 0));
  }
  return haveOf(shown);
}

/** Where something that came as an event says it belongs; null when it says nothing of the kind. */
export function placeOf(event: unknown): { chain: string; seq: number } | null {
  if (typeof event !== 'object' || event === null) return null;
  const { stream, station, seq } = event as { stream?: unknown; station?: unknown; seq?: unknown };
  if (typeof stream !== 'string' || typeof station !== 'string') return null;
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 1) return null;
  const chain = chainKey({ stream, station });
  return isChainKey(chain) ? { chain, seq } : null;
}

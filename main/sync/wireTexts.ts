import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import type { Have } from '../../core/ledger/order.ts';
import type { Seal } from '../../core/ledger/seal.ts';
import { wireText } from '../../core/ledger/texts.ts';

/** An event as it goes over a link. */
export interface WireText {
  readonly seq: number;
  /** JSON of the whole event. */
  readonly text: string;
}

/** What a session reads of the ledger. */
export interface WireTexts {
  /** How far each chain is durably held. */
  have(): Have;
  /** Durable events of one chain from `from` on without a gap, at most `limit`. */
  texts(chain: string, from: number, limit: number): WireText[];
  /** The last seal of a chain from `from` to `to`. */
  sealWithin(chain: string, from: number, to: number): Seal | undefined;
  /** The first seal of a chain from `from` on. */
  sealFrom(chain: string, from: number): Seal | undefined;
}

/** What all links read of one ledger. */
export interface SharedTexts extends WireTexts {
  /** These have just become durable: they are sent as they were hashed, and not read from the disk again. */
  committed(events: readonly LedgerEvent[]): void;
}

/** Kept of the events that links asked for last, in characters: some thousand decisions. */
const MOST_CHARS = 8 * 1024 * 1024;

/** One reader of the ledger for all links: what several peers are sent is read and put into words once. */
export function createWireTexts(
  ledger: Omit<WireTexts, 'texts'> & { range(chain: string, from: number, limit: number): LedgerEvent[] },
): SharedTexts {
  /** By id, in the order of use, the oldest first; a chain never changes, so nothing here gets old. */
  const kept = new Map<string, string>();
  let chars = 0;

  const keep = (event: LedgerEvent): string => {
    const known = kept.get(event.id);
    if (known !== undefined) return known;
    const text = wireText(event);
    chars += text.length;
    kept.set(event.id, text);
    for (const [oldest, old] of kept) {
      if (chars <= MOST_CHARS) break;
      kept.delete(oldest);
      chars -= old.length;
    }
    return text;
  };

  return {
    have: () => ledger.have(),
    sealWithin: (chain, from, to) => ledger.sealWithin(chain, from, to),
    sealFrom: (chain, from) => ledger.sealFrom(chain, from),
    committed(events) {
      for (const event of events) keep(event);
    },
    texts(chain, from, limit) {
      const found: WireText[] = [];
      for (let seq = from; seq < from + limit; seq++) {
        const id = `${chain}-${seq}`;
        const text = kept.get(id);
        if (text === undefined) break;
        kept.delete(id);
        kept.set(id, text);
        found.push({ seq, text });
      }
      const next = from + found.length;
      if (found.length === limit) return found;
      for (const event of ledger.range(chain, next, limit - found.length))
        found.push({ seq: event.seq, text: keep(event) });
      return found;
    },
  };
}

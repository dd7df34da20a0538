import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import type { Have } from '../../core/ledger/order.ts';
import type { Seal } from '../../core/ledger/seal.ts';
import { wireText } from '../../core/ledger/texts.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** What a session reads of the ledger. */
export interface WireTexts {
  /** How far each chain is durably held. */
  have(): Have;
  /** Durable events of one chain from `from` on without a gap, at most `limit`, each as JSON. */
  texts(chain: string, from: number, limit: number): string[];
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
export function createWireTexts(ledger: Omit<WireTexts, 'texts'> & Pick<Ledger, 'wireTexts'>): SharedTexts {
  /** By id, those kept first leave first: links that work follow one another closely. A chain never changes, so nothing here gets old. */
  const kept = new Map<string, string>();
  let chars = 0;

  const keep = (id: string, text: string): void => {
    if (kept.has(id)) return;
    chars += text.length;
    kept.set(id, text);
    for (const [oldest, old] of kept) {
      if (chars <= MOST_CHARS) break;
      kept.delete(oldest);
      chars -= old.length;
    }
  };

  return {
    have: () => ledger.have(),
    sealWithin: (chain, from, to) => ledger.sealWithin(chain, from, to),
    sealFrom: (chain, from) => ledger.sealFrom(chain, from),
    committed(events) {
      for (const event of events) keep(event.id, wireText(event));
    },
    texts(chain, from, limit) {
      const found: string[] = [];
      for (let seq = from; seq < from + limit; seq++) {
        const id = `${chain}-${seq}`;
        const text = kept.get(id);
        if (text === undefined) break;
        found.push(text);
      }
      if (found.length === limit) return found;
      for (const text of ledger.wireTexts(chain, from + found.length, limit - found.length)) {
        keep(`${chain}-${from + found.length}`, text);
        found.push(text);
      }
      return found;
    },
  };
}

import { type ChainHead, checkNext, EMPTY_CHAIN, type Sha256, seal } from '../../core/ledger/chain.ts';
import type { EventDraft, LedgerEvent } from '../../core/ledger/envelope.ts';
import { HLC_ZERO, type Hlc, tick, witness } from '../../core/ledger/hlc.ts';
import { isIntakeFault, readEvent } from '../../core/ledger/intake.ts';
import type { Clock } from '../clock.ts';
import { chainNumber, nextChain } from './chainName.ts';
import { UnfitEvent } from './errors.ts';
import type { IngestRefusal } from './ledger.ts';
import type { LedgerStore } from './store.ts';

/** What became of one event from a peer. `event` is null where it was refused. */
export type Verdict =
  | { taken: 'new' | 'repeat'; event: LedgerEvent }
  | { taken: 'refused'; id: string; reason: IngestRefusal; message: string; chain?: string; seq?: number };

/** Where every chain of a ledger stands, and the hybrid clock: what decides whether and where an event is linked in. */
export interface Chains {
  readonly own: string;
  /** Set while the own chain was changed since `mark`, and the store does not know yet. */
  readonly renamed: string | undefined;
  heads(): Readonly<Record<string, ChainHead>>;
  ownChains(): string[];
  /** Links drafts to the own chain. All or none: nothing has moved when it throws. */
  link(drafts: readonly EventDraft[]): LedgerEvent[];
  /** Links an event that came from outside. */
  take(value: unknown): Verdict;
  /** Remembers where everything stands; `back` returns there. */
  mark(): { back(): void };
}

export function createChains(options: {
  store: Pick<LedgerStore, 'heads' | 'range'>;
  station: string;
  chain: string;
  clock: Clock;
  sha256: Sha256;
  /** An event by chain and seq that is linked in but not stored yet. */
  pending(id: string): LedgerEvent | undefined;
}): Chains {
  const { store, station, clock, sha256, pending } = options;
  let own = options.chain;
  let marked = own;
  let hlc: Hlc = HLC_ZERO;
  let heads = new Map<string, ChainHead>();

  for (const [chain, head] of Object.entries(store.heads())) {
    heads.set(chain, { seq: head.seq, hash: head.hash });
    // Our own times bind us however far they lead; others' only within what witness allows.
    hlc = chainNumber(station, chain) === null ? witness(hlc, head.hlc, clock.now()) : head.hlc > hlc ? head.hlc : hlc;
  }

  const refused = (event: LedgerEvent, reason: IngestRefusal, message: string): Verdict => ({
    taken: 'refused',
    id: event.id,
    reason,
    message,
    chain: event.station,
    seq: event.seq,
  });

  const accept = (event: LedgerEvent): Verdict => {
    heads.set(event.station, { seq: event.seq, hash: event.hash });
    hlc = witness(hlc, event.hlc, clock.now());
    // Somebody holds more of our chain than we do: the rest of it was lost here. Going on writing to it would fork it.
    if (event.station === own) own = nextChain(station, heads.keys());
    return { taken: 'new', event };
  };

  return {
    get own() {
      return own;
    },
    get renamed() {
      return own === marked ? undefined : own;
    },
    heads: () => Object.fromEntries(heads),
    ownChains() {
      const written = [...heads.keys()].filter((chain) => chainNumber(station, chain) !== null);
      return written.includes(own) ? written : [...written, own];
    },
    link(drafts) {
      let head = heads.get(own) ?? EMPTY_CHAIN;
      let last = hlc;
      const at = clock.now();
      const events = drafts.map((draft) => {
        last = tick(last, at);
        // Bodies are folded here in the very form in which every other station will read them.
        const body = JSON.parse(JSON.stringify(draft.body)) as EventDraft['body'];
        const event = readEvent(seal({ ...draft, body }, { station: own, head, hlc: last, at }, sha256));
        if (isIntakeFault(event)) throw new UnfitEvent(draft.type, event.message);
        head = { seq: event.seq, hash: event.hash };
        return event;
      });
      if (events.length > 0) {
        heads.set(own, head);
        hlc = last;
      }
      return events;
    },
    take(value) {
      const event = readEvent(value);
      if (isIntakeFault(event)) {
        const id = typeof value === 'object' && value !== null && 'id' in value ? String(value.id).slice(0, 250) : '';
        return { taken: 'refused', id, reason: event.reason, message: event.message };
      }
      const { station: chain, seq } = event;
      const head = heads.get(chain) ?? EMPTY_CHAIN;
      const found = checkNext(head, event, sha256);
      switch (found?.fault) {
        case undefined:
          return accept(event);
        case 'repeat': {
          const held = pending(event.id) ?? store.range(chain, seq, 1)[0];
          if (held?.hash === event.hash) return { taken: 'repeat', event };
          const genuine = checkNext({ seq: seq - 1, hash: event.prev }, event, sha256) === null;
          return genuine
            ? refused(event, 'fork', `chain ${chain} holds another event ${seq} here`)
            : refused(event, 'altered', 'its hash does not fit its content');
        }
        case 'gap':
          return refused(event, 'gap', `chain ${chain} stands at ${head.seq} here`);
        case 'misnamed':
          return refused(event, 'misnamed', `its id is not ${chain}-${seq}`);
        case 'broken-link': {
          const genuine = checkNext({ seq: head.seq, hash: event.prev }, event, sha256) === null;
          return genuine && head.seq > 0
            ? refused(event, 'fork', `chain ${chain} holds another event ${head.seq} here`)
            : refused(event, 'broken-link', `it does not continue chain ${chain} after event ${head.seq}`);
        }
        default:
          return refused(event, 'altered', 'its hash does not fit its content');
      }
    },
    mark() {
      const before = { heads: new Map(heads), hlc, own };
      marked = own;
      return {
        back() {
          ({ heads, hlc, own } = before);
        },
      };
    },
  };
}

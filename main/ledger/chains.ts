import { type ChainHead, checkNext, EMPTY_CHAIN, type Sha256, seal } from '../../core/ledger/chain.ts';
import type { EventDraft, LedgerEvent, Stamp } from '../../core/ledger/envelope.ts';
import { HLC_ZERO, type Hlc, parseHlc, tick, witness } from '../../core/ledger/hlc.ts';
import { isIntakeFault, readEvent } from '../../core/ledger/intake.ts';
import { chainKey, eventId, type Stream, splitKey } from '../../core/ledger/stream.ts';
import type { Clock } from '../clock.ts';
import { chainNumber, isChainName, nextChain, stationOf } from './chainName.ts';
import { UnfitEvent } from './errors.ts';
import type { IngestRefusal } from './ledger.ts';
import type { LedgerStore } from './store.ts';

/** What became of one event from a peer. `event` is null where it was refused. */
export type Verdict =
  | { taken: 'new' | 'repeat'; event: LedgerEvent }
  | { taken: 'refused'; id: string; reason: IngestRefusal; message: string; chain?: string; seq?: number };

/** Where every chain of a ledger stands, and the hybrid clock: what decides whether and where an event is linked in. */
export interface Chains {
  /** Name of the chains that are written: the same in every stream. */
  readonly own: string;
  /** Set while the own chain was changed since `mark`, and the store does not know yet. */
  readonly renamed: string | undefined;
  /** By key. */
  heads(): ReadonlyMap<string, ChainHead>;
  /** Names of all chains this station has written, and writes. */
  ownChains(): string[];
  /** Keys of those that have an event. */
  ownKeys(): string[];
  /** Streams that have an event. */
  streams(): ReadonlySet<Stream>;
  /** Links drafts to the own chains of their streams. All or none: nothing has moved when it throws. */
  link(drafts: readonly EventDraft[]): LedgerEvent[];
  /** Links an event that station `from` sent. */
  take(value: unknown, from: string): Verdict;
  /** Remembers where everything stands; `back` returns there. */
  mark(): { back(): void };
}

/**
 * Chains of others that are held, at most: what tells peers how far each is held must fit into a message (L21). Half of them are for
 * stations that bring their own, so that nobody who makes up names shuts them out.
 */
const MOST_CHAINS = 900;
const MOST_BROUGHT = 450;
/** Chains of our own that may come back at one start: as many as a hall that lost its folder has recovered in its life. */
const MOST_GIVEN_BACK = 8;
/** No event of our own is dated later by anybody honest: this is beyond every clock, and before the times run out. */
const LATEST_OWN = Date.UTC(2400, 0, 2);

export function createChains(options: {
  store: Pick<LedgerStore, 'heads' | 'range'>;
  station: string;
  chain: string;
  clock: Clock;
  sha256: Sha256;
  stamp(draft: EventDraft): Stamp;
  /** An event by chain and seq that is linked in but not stored yet. */
  pending(id: string): LedgerEvent | undefined;
}): Chains {
  const { store, station, clock, sha256, stamp, pending } = options;
  let own = options.chain;
  let marked = own;
  /** Whether this hall has written since it was opened: from then on it knows how far its chain goes. */
  let wrote = false;
  /** Chains of our own that peers have given back since it was opened, and that were not known to be lost. */
  let givenBack = 0;
  let hlc: Hlc = HLC_ZERO;
  let heads = new Map<string, ChainHead>();

  const held = [...store.heads()];
  const streams = new Set<Stream>();
  for (const [chain, { seq, hash }] of held) {
    heads.set(chain, { seq, hash });
    streams.add(splitKey(chain).stream);
  }
  // The earliest first: what binds may depend on what was seen before (L6).
  for (const seen of held.map(([, head]) => head.hlc).sort()) hlc = witness(hlc, seen);

  const refused = (event: LedgerEvent, reason: IngestRefusal, message: string): Verdict => ({
    taken: 'refused',
    id: event.id,
    reason,
    message,
    chain: chainKey(event),
    seq: event.seq,
  });

  /** Why an event is not taken though it would continue its chain: of whose chain it is (L20, L21, L22). */
  const barred = (event: LedgerEvent, from: string): Verdict | null => {
    const { seq } = event;
    const chain = chainKey(event);
    const number = chainNumber(station, chain);
    if (!heads.has(chain)) {
      if (!isChainName(event.station))
        return refused(event, 'misnamed', `no station has a chain called "${event.station}"`);
      const most = stationOf(chain) === from ? MOST_CHAINS : MOST_BROUGHT;
      if (number === null && heads.size >= most)
        return refused(event, 'too-many', `${heads.size} chains are held here; no further one is taken from ${from}`);
    }
    if (number === null) return null;
    if (parseHlc(event.hlc).wall > LATEST_OWN)
      return refused(event, 'foreign', `${chain} is written here, and never at such a time (${event.hlc})`);
    // A chain of before a recovery is given back. The one that is written now can only have lost its end before this start.
    if (number < (chainNumber(station, own) ?? 1) || (!wrote && givenBack < MOST_GIVEN_BACK)) return null;
    return refused(
      event,
      'foreign',
      `${chain} is written here, and event ${seq} was not: somebody else uses this name`,
    );
  };

  const accept = (event: LedgerEvent): Verdict => {
    heads.set(chainKey(event), { seq: event.seq, hash: event.hash });
    streams.add(event.stream);
    hlc = witness(hlc, event.hlc);
    // Somebody holds more of our chain than we do: the rest of it was lost here. Going on writing to it would fork it.
    const number = chainNumber(station, event.station);
    if (number !== null && number >= (chainNumber(station, own) ?? 1)) {
      own = nextChain(station, heads.keys());
      givenBack++;
    }
    return { taken: 'new', event };
  };

  const ownKeys = (): string[] => [...heads.keys()].filter((chain) => chainNumber(station, chain) !== null);

  return {
    get own() {
      return own;
    },
    get renamed() {
      return own === marked ? undefined : own;
    },
    heads: () => heads,
    ownChains() {
      return [...new Set([...ownKeys().map((key) => splitKey(key).station), own])];
    },
    ownKeys,
    streams: () => streams,
    link(drafts) {
      const moved = new Map<string, ChainHead>();
      let last = hlc;
      const at = clock.now();
      const events = drafts.map((draft) => {
        last = tick(last, at);
        // Bodies are folded here in the very form in which every other station will read them.
        const body = JSON.parse(JSON.stringify(draft.body)) as EventDraft['body'];
        const stamped = stamp(draft);
        const chain = chainKey({ stream: stamped.stream, station: own });
        const head = moved.get(chain) ?? heads.get(chain) ?? EMPTY_CHAIN;
        const event = readEvent(seal({ ...draft, body }, { ...stamped, station: own, head, hlc: last, at }, sha256));
        if (isIntakeFault(event)) throw new UnfitEvent(draft.type, event.reason, event.message);
        moved.set(chain, { seq: event.seq, hash: event.hash });
        return event;
      });
      if (events.length > 0) {
        for (const [chain, head] of moved) {
          heads.set(chain, head);
          streams.add(splitKey(chain).stream);
        }
        hlc = last;
        wrote = true;
      }
      return events;
    },
    take(value, from) {
      const event = readEvent(value);
      if (isIntakeFault(event)) {
        // Not String(): an object of somebody else's may have a toString that is no function.
        const named = typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
        const id = named ? String(value.id).slice(0, 250) : '';
        return { taken: 'refused', id, reason: event.reason, message: event.message };
      }
      const { seq } = event;
      const chain = chainKey(event);
      const head = heads.get(chain) ?? EMPTY_CHAIN;
      const found = checkNext(head, event, sha256);
      switch (found?.fault) {
        case undefined:
          return barred(event, from) ?? accept(event);
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
          return refused(event, 'misnamed', `its id is not ${eventId(event)}`);
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
      const before = { heads: new Map(heads), hlc, own, wrote, givenBack };
      marked = own;
      return {
        back() {
          ({ heads, hlc, own, wrote, givenBack } = before);
        },
      };
    },
  };
}

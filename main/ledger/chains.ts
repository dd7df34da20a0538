import { type ChainHead, checkNext, EMPTY_CHAIN, type Sha256 } from '../../core/ledger/chain.ts';
import type { EventDraft, LedgerEvent, Stamp } from '../../core/ledger/envelope.ts';
import { HLC_ZERO, type Hlc, parseHlc, tick, witness } from '../../core/ledger/hlc.ts';
import { isIntakeFault, readEvent } from '../../core/ledger/intake.ts';
import { isSealOf, type Seal, type Signer, sealWith, type VerifySignature } from '../../core/ledger/seal.ts';
import { chainKey, chainKeys, eventId, type Stream, splitKey } from '../../core/ledger/stream.ts';
import type { Clock } from '../clock.ts';
import { chainNumber, isChainName, nextChain, stationOf } from './chainName.ts';
import type { IngestRefusal } from './ledger.ts';
import { sealDraft } from './sealDraft.ts';
import { sealPoints } from './sealPoints.ts';
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
  /** Links events that station `from` sent, each chain up to the last of them that a seal of its station covers (L19). */
  take(values: readonly unknown[], from: string, seals: readonly Seal[]): Verdict[];
  /** Seals and keys that go with what was linked since `mark`, its own chains sealed by this station. */
  seals(own: readonly LedgerEvent[]): { seals: Seal[]; keys: (readonly [string, string])[] };
  /** Whether this station's key is not the one that its own chains are bound to. */
  readonly keyChanged: boolean;
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
const SAYS = {
  unsealed: 'no seal of its station covers it',
  'foreign-key': 'it is sealed by another key than the one its station is bound to',
};
/** No event of our own is dated later by anybody honest: this is beyond every clock, and before the times run out. */
const LATEST_OWN = Date.UTC(2400, 0, 2);

export function createChains(options: {
  store: Pick<LedgerStore, 'heads' | 'keys' | 'range'>;
  station: string;
  chain: string;
  clock: Clock;
  sha256: Sha256;
  signer: Signer;
  verifySignature: VerifySignature;
  stamp(draft: EventDraft): Stamp;
  /** An event by chain and seq that is linked in but not stored yet. */
  pending(id: string): LedgerEvent | undefined;
}): Chains {
  const { store, station, clock, sha256, signer, verifySignature, stamp, pending } = options;
  const ownKey = chainKeys();
  let own = options.chain;
  let marked = own;
  /** Whether this hall has written since it was opened: from then on it knows how far its chain goes. */
  let wrote = false;
  /** Chains of our own that peers have given back since it was opened, and that were not known to be lost. */
  let givenBack = 0;
  let hlc: Hlc = HLC_ZERO;
  let heads = new Map<string, ChainHead>();

  let keys = store.keys();
  // Nobody else's key can be this station's: not even before its first seal.
  if (!keys.has(station)) keys.set(station, signer.key);
  let fresh: { seals: Seal[]; keys: (readonly [string, string])[] } = { seals: [], keys: [] };

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

  /** Why an event is not taken though it would continue its chain: of whose chain it is (L27, L21, L22). `begun`: chains that begin with it. */
  const barred = (event: LedgerEvent, chain: string, from: string, begun: ReadonlySet<string>): Verdict | null => {
    const { seq } = event;
    const number = chainNumber(station, chain);
    if (!heads.has(chain)) {
      if (!isChainName(event.station))
        return refused(event, 'misnamed', `no station has a chain called "${event.station}"`);
      const most = stationOf(chain) === from ? MOST_CHAINS : MOST_BROUGHT;
      const others = heads.size + begun.size - (begun.has(chain) ? 1 : 0);
      if (number === null && others >= most)
        return refused(event, 'too-many', `${others} chains are held here; no further one is taken from ${from}`);
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

  /** Takes what continues one chain. */
  const accept = (chain: string, events: readonly LedgerEvent[]): void => {
    const last = events.at(-1);
    if (last === undefined) return;
    heads.set(chain, { seq: last.seq, hash: last.hash });
    streams.add(last.stream);
    for (const event of events) hlc = witness(hlc, event.hlc);
    // Somebody holds more of our chain than we do: the rest of it was lost here. Going on writing to it would fork it.
    const number = chainNumber(station, last.station);
    if (number === null || number < (chainNumber(station, own) ?? 1)) return;
    own = nextChain(station, heads.keys());
    givenBack++;
  };

  const ownKeys = (): string[] => [...heads.keys()].filter((chain) => chainNumber(station, chain) !== null);

  /** Null when the event is the next of its chain, with what of it was sent already. */
  const look = (event: LedgerEvent, chain: string, run: readonly LedgerEvent[]): Verdict | null => {
    const { seq } = event;
    const head = run.at(-1) ?? heads.get(chain) ?? EMPTY_CHAIN;
    const genuine = (at: number): boolean => checkNext({ seq: at, hash: event.prev }, event, sha256) === null;
    switch (checkNext(head, event, sha256)?.fault) {
      case undefined:
        return null;
      case 'repeat': {
        const held = run.find((sent) => sent.seq === seq) ?? pending(event.id) ?? store.range(chain, seq, 1)[0];
        if (held?.hash === event.hash) return { taken: 'repeat', event };
        return genuine(seq - 1)
          ? refused(event, 'fork', `chain ${chain} holds another event ${seq} here`)
          : refused(event, 'altered', 'its hash does not fit its content');
      }
      case 'gap':
        return refused(event, 'gap', `chain ${chain} stands at ${head.seq} here`);
      case 'misnamed':
        return refused(event, 'misnamed', `its id is not ${eventId(event)}`);
      case 'broken-link':
        return genuine(head.seq) && head.seq > 0
          ? refused(event, 'fork', `chain ${chain} holds another event ${head.seq} here`)
          : refused(event, 'broken-link', `it does not continue chain ${chain} after event ${head.seq}`);
      default:
        return refused(event, 'altered', 'its hash does not fit its content');
    }
  };

  /** The last seal under a run of events that is its station's; else why there is none. */
  const sealUnder = (
    chain: string,
    run: readonly LedgerEvent[],
    seals: readonly Seal[],
  ): { seal: Seal | null; reason: 'unsealed' | 'foreign-key' } => {
    const bound = keys.get(stationOf(chain));
    const first = run[0]?.seq ?? 0;
    let reason: 'unsealed' | 'foreign-key' = 'unsealed';
    for (const seal of seals.filter((each) => each.chain === chain).sort((a, b) => b.seq - a.seq)) {
      const under = run[seal.seq - first];
      if (under === undefined) continue;
      if (bound !== undefined && bound !== seal.key) reason = 'foreign-key';
      else if (isSealOf(seal, under.hash, verifySignature)) return { seal, reason: 'unsealed' };
    }
    return { seal: null, reason };
  };

  /** The first seal binds a station, with all its chains, to its key (L20). */
  const takeSeal = (seal: Seal): void => {
    fresh.seals.push(seal);
    const name = stationOf(seal.chain);
    if (keys.has(name)) return;
    keys.set(name, seal.key);
    fresh.keys.push([name, seal.key]);
  };

  return {
    get keyChanged() {
      return keys.get(station) !== signer.key;
    },
    seals(own) {
      for (const event of sealPoints(own)) {
        const { seq, hash } = event;
        fresh.seals.push(sealWith(signer, { chain: chainKey(event), seq, hash }));
      }
      if (own.length > 0) fresh.keys.push([station, signer.key]);
      const all = fresh;
      fresh = { seals: [], keys: [] };
      return all;
    },
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
        const stamped = stamp(draft);
        const chain = ownKey({ stream: stamped.stream, station: own });
        const head = moved.get(chain) ?? heads.get(chain) ?? EMPTY_CHAIN;
        const event = sealDraft(draft, { ...stamped, station: own, head, hlc: last, at }, sha256);
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
    take(values, from, seals) {
      /** What would continue each chain, as far as it was sent; taken when its seal is found. */
      const runs = new Map<string, LedgerEvent[]>();
      const verdicts: Verdict[] = [];
      /** Chains that begin here. */
      const begun = new Set<string>();
      const keyOf = chainKeys();
      for (const value of values) {
        const event = readEvent(value);
        if (isIntakeFault(event)) {
          // Not String(): an object of somebody else's may have a toString that is no function.
          const named = typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
          const id = named ? String(value.id).slice(0, 250) : '';
          verdicts.push({ taken: 'refused', id, reason: event.reason, message: event.message });
          continue;
        }
        const chain = keyOf(event);
        const run = runs.get(chain) ?? [];
        if (run.length === 0) runs.set(chain, run);
        const why = look(event, chain, run) ?? barred(event, chain, from, begun);
        if (why) {
          verdicts.push(why);
          continue;
        }
        run.push(event);
        if (!heads.has(chain)) begun.add(chain);
      }
      for (const [chain, run] of runs) {
        const { seal, reason } = sealUnder(chain, run, seals);
        const sealed = seal ? seal.seq - (run[0]?.seq ?? 0) + 1 : 0;
        const taken = run.slice(0, sealed);
        accept(chain, taken);
        for (const event of taken) verdicts.push({ taken: 'new', event });
        for (const event of run.slice(sealed)) verdicts.push(refused(event, reason, SAYS[reason]));
        if (seal) takeSeal(seal);
      }
      return verdicts;
    },
    mark() {
      const before = { heads: new Map(heads), keys: new Map(keys), hlc, own, wrote, givenBack };
      marked = own;
      fresh = { seals: [], keys: [] };
      return {
        back() {
          ({ heads, keys, hlc, own, wrote, givenBack } = before);
        },
      };
    },
  };
}

import type { Notice } from '../../contract/features/notices.ts';
import type { PeerHealth } from '../../contract/features/sync.ts';
import { DAILY, splitKey } from '../../core/ledger/stream.ts';
import { stationOf } from '../ledger/chainName.ts';
import type { NewestReject } from '../rejects/rejects.ts';
import { createDial } from './dial.ts';
import type { CloseReason } from './effect.ts';
import { createHub } from './hub.ts';
import { openKnownPeers } from './knownPeers.ts';
import { createLink, type Link, type LinkOptions } from './link.ts';
import * as say from './notices.ts';
import type { Peer } from './peer.ts';
import { createPeerTable } from './peerTable.ts';
import { createSayings } from './sayings.ts';
import type { Sync, SyncOptions, SyncStatus } from './sync.ts';
import { createDoorkeeper } from './twins.ts';
import { createWireTexts } from './wireTexts.ts';

const MAX_REJECTS = 100;
/** Connections at a time: a hall has tens of stations. */
const MAX_LINKS = 100;
/** Listeners hear of changes at most this often, in ms. */
const TELL_EVERY = 100;
/** Who was turned away comes again every few seconds; so long after the last time it is over, in ms. */
const TWIN_FOR = 60_000;
/** A claim to hold records of ours may be true for so long, in ms: they are on their way. */
const CLAIM_FOR = 15_000;
/** Notices of what ended the connection to the hub: gone once it lets us in. */
const OF_THE_DIAL = ['hub-refuses', 'sync-protocol', 'same-name', 'hub-is-self'];

/** Puts hub, dial, links and the memory of peers together. Close it before the ledger. */
export function createSync(options: SyncOptions): Sync {
  const { ledger, clock, log, station, self, dial: dialTo, streams = DAILY } = options;
  const links = new Map<Link, 'hub' | 'dial'>();
  const texts = createWireTexts(ledger);
  const here = (name: string): boolean =>
    [...links.keys()].some(({ session }) => session.admitted && session.peer?.station === name);
  const known = openKnownPeers(options.peersFile, clock, log, () => ledger.have(), here);
  const table = createPeerTable({ links, known, ledger, clock, station, streams });
  const sayings = createSayings(clock);
  const listeners = new Set<() => void>();
  /** Links that were let in here, and those of our own that the hub has let in. */
  const settled = new WeakSet<Link>();
  const letIn = new WeakSet<Link>();
  /** Since when a peer has claimed to hold records of ours that are not here, by peer and chain. */
  let claims = new Map<string, number>();
  let rejects: NewestReject[] = [];
  let rejected = 0;
  let refused = false;
  let cut = false;
  let closed = false;
  let telling = (): void => undefined;
  let told = true;

  const changed = (): void => {
    if (!told || closed) return;
    told = false;
    telling = clock.setTimeout(() => {
      told = true;
      for (const listener of listeners) listener();
    }, TELL_EVERY);
  };

  const notify = (notice: Notice, forMs?: number): void => {
    sayings.say(notice, forMs);
    changed();
  };

  const reject = (source: string, { path, message, excerpt }: Parameters<LinkOptions['onReject']>[0]): void => {
    rejected++;
    rejects = [
      ...rejects.slice(1 - MAX_REJECTS),
      {
        id: `peer-${rejected}`,
        at: clock.now(),
        door: 'station',
        source,
        path,
        message,
        remedy: {
          zh: '请核对两台工作站的 OpsHall 版本',
          en: 'Compare the versions of OpsHall on both stations.',
        },
        excerpt,
      },
    ];
    changed();
  };

  const doorkeeper = createDoorkeeper({
    links,
    clock,
    onTwin: (name, why) => notify(say.twinsNotice(name, why, clock.now()), TWIN_FOR),
  });

  /** What becomes of a link as its conversation goes on. */
  const news = (link: Link, way: 'hub' | 'dial'): void => {
    if (closed) return;
    const { peer, admitted, engaged } = link.session;
    if (admitted && !settled.has(link)) {
      settled.add(link);
      for (const [other, otherWay] of links) {
        if (other !== link && otherWay === way && other.session.peer?.station === peer?.station) {
          if (other.session.admitted) other.close('connected anew');
        }
      }
    }
    if (way === 'dial' && engaged && admitted && !letIn.has(link)) {
      letIn.add(link);
      dial?.succeeded();
      refused = false;
      for (const id of OF_THE_DIAL) sayings.unsay(id);
    }
    table.note(link);
    changed();
  };

  const ended = (link: Link, way: 'hub' | 'dial', why: CloseReason | 'lost', message: string): void => {
    links.delete(link);
    const name = link.session.peer?.station;
    log.info({ peer: name, address: link.address, why }, message);
    const now = clock.now();
    const ours = name === undefined || name === station;
    const dialled = way === 'dial';
    if (why === 'self') notify(say.selfNotice(dialTo?.url ?? link.address, now), dialled ? undefined : TWIN_FOR);
    if ((why === 'same-name' || why === 'copy') && (dialled || ours)) {
      notify(say.sameNameNotice(station, ours ? 'apart' : 'turned-away', why, now), dialled ? undefined : TWIN_FOR);
    }
    if (why === 'protocol') notify(say.protocolNotice(message, now), dialled ? undefined : TWIN_FOR);
    if (dialled && (why === 'same-name' || why === 'copy' || why === 'protocol' || why === 'self' || why === 'refused'))
      refused = true;
    if (name !== undefined && !closed) table.left(name);
    changed();
  };

  /** Whether another station that is connected writes this chain: then nobody else can know of more. */
  const isWrittenBy = (chain: string, link: Link): boolean =>
    [...links.keys()].some(
      ({ session }) =>
        session.admitted &&
        session.engaged &&
        session.peer?.chain === splitKey(chain).station &&
        session.peer.station === stationOf(chain) &&
        session.peer.station !== link.session.peer?.station,
    );

  /** Room for one more: whoever has not said its name goes before somebody is left outside. */
  const makeRoom = (): boolean => {
    if (links.size < MAX_LINKS) return true;
    const nameless = [...links.keys()].find(({ session }) => session.peer === null);
    nameless?.close('it has not said which station it is, and others wait');
    return links.size < MAX_LINKS;
  };

  const join = (peer: Peer, way: 'hub' | 'dial'): void => {
    if (cut || closed || !makeRoom()) {
      peer.close(cut ? 'cut' : 'no room');
      return;
    }
    const link: Link = createLink({
      peer,
      station,
      ledger,
      texts,
      clock,
      log,
      ...(self ? { self } : {}),
      streams,
      hold: (one) => doorkeeper.holds(one),
      takes: (chain) => !isWrittenBy(chain, link),
      onNews: () => news(link, way),
      onReject: (what) => reject(link.session.peer?.station ?? peer.address, what),
      onTwin: (why) => notify(say.sameNameNotice(station, 'kept', why, clock.now()), TWIN_FOR),
      onEnd: ({ why, message }) => ended(link, way, why, message),
    });
    links.set(link, way);
    link.start();
  };

  const hub = createHub({
    clock,
    token: options.hub?.token,
    isOpen: () => !cut && !closed,
    onPeer: (peer) => join(peer, 'hub'),
  });
  const dial =
    dialTo &&
    createDial({
      ...dialTo,
      station,
      clock,
      onPeer: (peer) => join(peer, 'dial'),
      onRefused: (status, why) => {
        if (status !== 503) notify(say.refusedByHubNotice(dialTo.url, status, why, clock.now()));
      },
    });

  const linkState = (all: readonly PeerHealth[]): SyncStatus['link'] => {
    const connected = all.filter((peer) => peer.state === 'connected').length;
    if (connected === 0 && refused) return 'refused';
    if (all.length === 0) return dialTo ? 'alone' : 'single';
    return connected === all.length ? 'online' : connected > 0 ? 'lan' : 'alone';
  };

  /** Records under our name that a peer has claimed for a while, and that have not come. */
  const unknownRecords = (): Notice[] => {
    const found: Notice[] = [];
    const standing = new Map<string, number>();
    const have = ledger.have();
    for (const { session } of links.keys()) {
      if (session.peer === null || !session.admitted) continue;
      for (const [chain, claimed] of Object.entries(session.claimed)) {
        const lacking = stationOf(chain) === station ? claimed - (have[chain] ?? 0) : 0;
        if (lacking <= 0) continue;
        const key = `${session.peer.station} ${chain}`;
        const since = claims.get(key) ?? clock.monotonic();
        standing.set(key, since);
        if (clock.monotonic() - since >= CLAIM_FOR && !found.some((n) => n.id.endsWith(`:${session.peer?.station}`)))
          found.push(say.unknownRecordsNotice(session.peer.station, chain, lacking, clock.now()));
      }
    }
    claims = standing;
    return found;
  };

  /** Notices that follow from the links' present state. */
  const present = (): Notice[] => {
    const found: Notice[] = [];
    const now = clock.now();
    const names = [station];
    for (const { session } of links.keys()) {
      const { peer, admitted, clockOffsetMs, blocked } = session;
      if (peer === null || !admitted) continue;
      if (clockOffsetMs !== null && Math.abs(clockOffsetMs) > say.CLOCK_TOLERANCE) {
        found.push(say.clockNotice(peer.station, clockOffsetMs, now));
      }
      if (blocked.size > 0) found.push(say.blockedNotice(peer.station, blocked, now));
      const alike = names.find((name) => name !== peer.station && name.toLowerCase() === peer.station.toLowerCase());
      if (alike !== undefined) found.push(say.similarNameNotice(alike, peer.station, now));
      names.push(peer.station);
    }
    return [...found, ...unknownRecords()];
  };

  const unlisten = ledger.listen({
    committed(events, origin) {
      // Before the links hear of it, which come later. What the only peer sent goes nowhere else.
      if (links.size > (origin === 'peer' ? 1 : 0)) texts.committed(events);
      changed();
    },
  });
  dial?.start();

  return {
    status() {
      const all = table.list();
      const link = linkState(all);
      return { link, cut, outbox: link === 'single' ? 0 : table.outbox(all), peers: all };
    },
    notices: () => sayings.list(present()),
    rejects: () => rejects,
    get rejected() {
      return rejected;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    handleUpgrade: (request, socket, head) => hub.handleUpgrade(request, socket, head),
    cut() {
      cut = true;
      dial?.stop();
      for (const link of links.keys()) link.close('cut');
      changed();
    },
    mend() {
      cut = false;
      if (!closed) dial?.start();
      changed();
    },
    forget(name) {
      known.forget(name);
      changed();
    },
    async close() {
      if (closed) return;
      dial?.stop();
      for (const link of links.keys()) link.close('the hall is stopping');
      closed = true;
      hub.close();
      unlisten();
      telling();
      known.close();
    },
  };
}

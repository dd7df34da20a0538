import type { Notice, PeerHealth, RejectView } from '../../contract/schema/station.ts';
import { createDial } from './dial.ts';
import { createHub } from './hub.ts';
import { openKnownPeers } from './knownPeers.ts';
import { createLink, type Link, type LinkOptions } from './link.ts';
import {
  blockedNotice,
  CLOCK_TOLERANCE,
  clockNotice,
  protocolNotice,
  refusedByHubNotice,
  sameNameNotice,
} from './notices.ts';
import type { Peer } from './peer.ts';
import type { Sync, SyncOptions, SyncStatus } from './sync.ts';

const MAX_REJECTS = 100;
/** Connections at a time: a hall has tens of stations. */
const MAX_LINKS = 100;
/** Listeners hear of changes at most this often, in ms. */
const TELL_EVERY = 100;

/** Puts hub, dial, links and the memory of peers together. Close it before the ledger. */
export function createSync(options: SyncOptions): Sync {
  const { ledger, clock, log, station, dial: dialTo } = options;
  const known = openKnownPeers(options.peersFile, clock, log);
  const links = new Map<Link, 'hub' | 'dial'>();
  const listeners = new Set<() => void>();
  const notices = new Map<string, Notice>();
  /** Since when a notice that follows from the links' present state has stood, by its id. */
  let standing = new Map<string, number>();
  /** Which station a link has been greeted as. */
  const greeted = new WeakMap<Link, string>();
  let rejects: RejectView[] = [];
  let rejected = 0;
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

  const notify = (notice: Notice): void => {
    if (!notices.has(notice.id)) notices.set(notice.id, notice);
    changed();
  };

  const connected = (name: string): Link | undefined =>
    [...links.keys()].find((link) => link.session.peer?.station === name);

  /** Takes over what a peer has acknowledged of our own chains, and greets one that is new. */
  const remember = (link: Link, way: 'hub' | 'dial'): void => {
    const name = link.session.peer?.station;
    if (name === undefined || closed) return;
    const before = known.get(name);
    const acknowledged: Record<string, number> = {};
    const ways = [...links.keys()].filter((other) => other.session.peer?.station === name);
    for (const chain of ledger.ownChains()) {
      acknowledged[chain] = Math.max(0, ...ways.map(({ session }) => session.acknowledged[chain] ?? 0));
    }
    const first = greeted.get(link) !== name;
    if (first) {
      greeted.set(link, name);
      if (way === 'dial') dial?.succeeded();
      notices.clear();
      for (const [other, otherWay] of links) {
        if (other !== link && otherWay === way && other.session.peer?.station === name) other.close('connected anew');
      }
    }
    const same =
      before !== undefined &&
      Object.keys(acknowledged).every((chain) => before.acknowledged[chain] === acknowledged[chain]);
    if (first || !same) known.set(name, { acknowledged, since: first ? clock.now() : (before?.since ?? clock.now()) });
  };
  const reject = (source: string, { path, message, excerpt }: Parameters<LinkOptions['onReject']>[0]): void => {
    rejected++;
    rejects = [
      ...rejects.slice(1 - MAX_REJECTS),
      {
        id: `peer-${rejected}`,
        at: clock.now(),
        source: `peer ${source}`,
        path,
        message,
        remedy: 'Compare the versions of OpsHall on both stations.',
        excerpt,
      },
    ];
    changed();
  };

  const join = (peer: Peer, way: 'hub' | 'dial'): void => {
    if (cut || closed || links.size >= MAX_LINKS) {
      peer.close(cut ? 'cut' : 'no room');
      return;
    }
    const link: Link = createLink({
      peer,
      station,
      ledger,
      clock,
      log,
      onNews() {
        remember(link, way);
        changed();
      },
      onReject: (what) => reject(link.session.peer?.station ?? peer.address, what),
      onEnd({ why, message }) {
        links.delete(link);
        const name = link.session.peer?.station;
        log.info({ peer: name, address: link.address, why }, message);
        if (why === 'same-name') notify(sameNameNotice(station, clock.now()));
        if (why === 'protocol') notify(protocolNotice(message, clock.now()));
        const before = name === undefined ? undefined : known.get(name);
        if (name !== undefined && before && !connected(name) && !closed)
          known.set(name, { ...before, since: clock.now() });
        changed();
      },
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
        if (status !== 503) notify(refusedByHubNotice(dialTo.url, status, why, clock.now()));
      },
    });

  const behind = (acknowledged: Readonly<Record<string, number>>): number => {
    const have = ledger.have();
    return ledger
      .ownChains()
      .reduce((sum, chain) => sum + Math.max(0, (have[chain] ?? 0) - (acknowledged[chain] ?? 0)), 0);
  };

  const peers = (): PeerHealth[] =>
    [...known.entries()].map(([name, { acknowledged, since }]) => {
      const link = connected(name);
      return {
        station: name,
        state: link ? 'connected' : 'away',
        since,
        behind: behind(acknowledged),
        clockOffsetMs: link?.session.clockOffsetMs ?? null,
      };
    });

  const linkState = (all: readonly PeerHealth[]): SyncStatus['link'] => {
    if (all.length === 0) return dialTo ? 'alone' : 'single';
    const here = all.filter((peer) => peer.state === 'connected').length;
    return here === all.length ? 'online' : here > 0 ? 'lan' : 'alone';
  };

  /** Notices that follow from the links' present state. Each keeps the time since when it has stood. */
  const present = (): Notice[] => {
    const found: Notice[] = [];
    for (const { session } of links.keys()) {
      const { peer, clockOffsetMs, blocked } = session;
      if (peer === null) continue;
      if (clockOffsetMs !== null && Math.abs(clockOffsetMs) > CLOCK_TOLERANCE) {
        found.push(clockNotice(peer.station, clockOffsetMs, clock.now()));
      }
      for (const [chain, reason] of blocked) found.push(blockedNotice(peer.station, chain, reason, clock.now()));
    }
    const dated = found.map((notice) => ({ ...notice, since: standing.get(notice.id) ?? notice.since }));
    standing = new Map(dated.map((notice) => [notice.id, notice.since]));
    return dated;
  };

  const unlisten = ledger.listen({ committed: changed });
  dial?.start();

  return {
    status() {
      const all = peers();
      return { link: linkState(all), cut, outbox: Math.max(0, ...all.map((peer) => peer.behind)), peers: all };
    },
    notices: () => [...present(), ...notices.values()],
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

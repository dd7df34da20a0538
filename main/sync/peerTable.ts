import type { PeerHealth } from '../../contract/features/sync.ts';
import { type Have, haveOf } from '../../core/ledger/order.ts';
import { EVERY, splitKey, type Taken } from '../../core/ledger/stream.ts';
import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { KnownPeers } from './knownPeers.ts';
import type { Link } from './link.ts';
import { isSentTo } from './outgoing.ts';

/** Streams that are named as left out, of one station. */
const MOST_LEFT_OUT = 20;

/** What is known of each other station: those connected, and those remembered. */
export interface PeerTable {
  /** Takes over what a link's peer has acknowledged. Remembered is who has answered something: a name alone is only said. */
  note(link: Link): void;
  /** A link has ended. */
  left(station: string): void;
  list(): PeerHealth[];
  /** Own events that somebody lacks; all of them when there is nobody at all. */
  outbox(all: readonly PeerHealth[]): number;
}

export function createPeerTable(options: {
  links: ReadonlyMap<Link, unknown>;
  known: KnownPeers;
  ledger: Ledger;
  clock: Clock;
  station: string;
  /** Those that this station takes of others. */
  streams: Taken;
}): PeerTable {
  const { links, known, ledger, clock, station: here, streams } = options;
  /** Since when a station that is connected has been so. */
  const since = new Map<string, number>();

  /** Both sides have let each other in. */
  const isUp = ({ session }: Link): boolean => session.admitted && session.engaged;

  const linksOf = (station: string): Link[] =>
    [...links.keys()].filter((link) => isUp(link) && link.session.peer?.station === station);

  /** How far a station holds our chains, by its own word. */
  const heldBy = (ways: readonly Link[]): Have =>
    haveOf(
      ledger
        .ownKeys()
        .map((chain) => [chain, Math.max(0, ...ways.map(({ session }) => session.acknowledged[chain] ?? 0))]),
    );

  /** Streams of these chains that the station is not sent. */
  const leftOut = (chains: Have, peer: { station: string; takes: Taken }): string[] =>
    [...new Set(Object.keys(chains).flatMap((chain) => (isSentTo(peer, chain) ? [] : splitKey(chain).stream)))]
      .sort()
      .slice(0, MOST_LEFT_OUT);

  /** Own events a station lacks of what it takes. Of a chain it holds another version of, it may lack every one. */
  const behind = (peer: { station: string; takes: Taken }, acknowledged: Have, ways: readonly Link[]): number => {
    const have = ledger.have();
    const forked = new Set(ledger.status().forks.flatMap(({ chain, from }) => (from === peer.station ? [chain] : [])));
    for (const { session } of ways) for (const chain of session.blocked.keys()) forked.add(chain);
    const sent = ledger.ownKeys().filter((chain) => isSentTo(peer, chain));
    return sent.reduce((sum, chain) => {
      const held = have[chain] ?? 0;
      const claimed = forked.has(chain) ? 0 : (acknowledged[chain] ?? 0);
      // More than there is was said by somebody who cannot know, or of a file that is no more.
      return sum + held - (claimed > held ? 0 : claimed);
    }, 0);
  };

  return {
    note(link) {
      const { peer } = link.session;
      if (peer === null || !isUp(link)) return;
      const { station, takes } = peer;
      const joined = since.get(station) ?? clock.now();
      since.set(station, joined);
      if (!link.session.proven) return;
      const before = known.get(station);
      const acknowledged = heldBy(linksOf(station));
      const same =
        before !== undefined &&
        before.since === joined &&
        before.takes.join() === takes.join() &&
        Object.keys(acknowledged).every((chain) => before.acknowledged[chain] === acknowledged[chain]);
      if (!same) known.set(station, { acknowledged, takes, since: joined });
    },
    left(station) {
      if (linksOf(station).length > 0) return;
      since.delete(station);
      const before = known.get(station);
      if (before) known.set(station, { ...before, since: clock.now() });
    },
    list() {
      const stations = new Set([...[...known.entries()].map(([station]) => station), ...since.keys()]);
      return [...stations].map((station) => {
        const ways = linksOf(station);
        const remembered = known.get(station);
        const acknowledged = ways.length > 0 ? heldBy(ways) : (remembered?.acknowledged ?? haveOf([]));
        const peer = { station, takes: ways[0]?.session.peer?.takes ?? remembered?.takes ?? EVERY };
        return {
          station,
          state: ways.length > 0 ? 'connected' : 'away',
          since: (ways.length > 0 ? since.get(station) : remembered?.since) ?? clock.now(),
          behind: behind(peer, acknowledged, ways),
          clockOffsetMs: ways[0]?.session.clockOffsetMs ?? null,
          notSent: leftOut(ledger.have(), peer),
          notTaken: leftOut(ways[0]?.session.claimed ?? haveOf([]), { station: here, takes: streams }),
        };
      });
    },
    outbox(all) {
      if (all.length > 0) return Math.max(...all.map((peer) => peer.behind));
      const have = ledger.have();
      return ledger.ownKeys().reduce((sum, chain) => sum + (have[chain] ?? 0), 0);
    },
  };
}

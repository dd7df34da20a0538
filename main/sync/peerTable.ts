import type { PeerHealth } from '../../contract/features/sync.ts';
import { type Have, haveOf } from '../../core/ledger/order.ts';
import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { KnownPeers } from './knownPeers.ts';
import type { Link } from './link.ts';

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
}): PeerTable {
  const { links, known, ledger, clock } = options;
  /** Since when a station that is connected has been so. */
  const here = new Map<string, number>();

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

  /** Own events a station lacks. Of a chain it holds another version of, it may lack every one. */
  const behind = (station: string, acknowledged: Have, ways: readonly Link[]): number => {
    const have = ledger.have();
    const forked = new Set(ledger.status().forks.flatMap(({ chain, from }) => (from === station ? [chain] : [])));
    for (const { session } of ways) for (const chain of session.blocked.keys()) forked.add(chain);
    return ledger.ownKeys().reduce((sum, chain) => {
      const held = have[chain] ?? 0;
      const claimed = forked.has(chain) ? 0 : (acknowledged[chain] ?? 0);
      // More than there is was said by somebody who cannot know, or of a file that is no more.
      return sum + held - (claimed > held ? 0 : claimed);
    }, 0);
  };

  return {
    note(link) {
      const station = link.session.peer?.station;
      if (station === undefined || !isUp(link)) return;
      const since = here.get(station) ?? clock.now();
      here.set(station, since);
      if (!link.session.proven) return;
      const before = known.get(station);
      const acknowledged = heldBy(linksOf(station));
      const same =
        before !== undefined &&
        before.since === since &&
        Object.keys(acknowledged).every((chain) => before.acknowledged[chain] === acknowledged[chain]);
      if (!same) known.set(station, { acknowledged, since });
    },
    left(station) {
      if (linksOf(station).length > 0) return;
      here.delete(station);
      const before = known.get(station);
      if (before) known.set(station, { ...before, since: clock.now() });
    },
    list() {
      const stations = new Set([...[...known.entries()].map(([station]) => station), ...here.keys()]);
      return [...stations].map((station) => {
        const ways = linksOf(station);
        const remembered = known.get(station);
        const acknowledged = ways.length > 0 ? heldBy(ways) : (remembered?.acknowledged ?? haveOf([]));
        return {
          station,
          state: ways.length > 0 ? 'connected' : 'away',
          since: (ways.length > 0 ? here.get(station) : remembered?.since) ?? clock.now(),
          behind: behind(station, acknowledged, ways),
          clockOffsetMs: ways[0]?.session.clockOffsetMs ?? null,
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

import type { Clock } from '../clock.ts';
import type { TwinKind } from './effect.ts';
import type { Link } from './link.ts';

/** How long a link may take to prove that its station is alive, in ms. */
export const PROBE = 3000;

/** Lets in one station of a name at a time. */
export interface Doorkeeper {
  /**
   * Asked when a link has said its name. True: it waits while the link that has the name is asked for a sign of life. A station
   * that comes back after a cut (the same run) is let in at once; so is the hub that we dial ourselves.
   */
  holds(link: Link): boolean;
}

/**
 * @param links every open link, and which side made it.
 * @param onTwin two living stations of one name: the one that came later was turned away.
 */
export function createDoorkeeper(options: {
  links: ReadonlyMap<Link, 'hub' | 'dial'>;
  clock: Clock;
  onTwin: (station: string, why: TwinKind) => void;
}): Doorkeeper {
  const { links, clock, onTwin } = options;

  const runOf = (link: Link): string | null => link.session.peer?.run ?? null;

  /** The link that has the name of this one, and is not the same station's. */
  const rivalOf = (link: Link): Link | undefined => {
    const { peer } = link.session;
    const way = links.get(link);
    for (const [other, otherWay] of links) {
      if (other === link || !other.session.admitted || other.session.peer?.station !== peer?.station) continue;
      const [run, otherRun] = [runOf(link), runOf(other)];
      if (run !== null && run === otherRun) continue;
      // A version that says no run: two halls that dial each other have a link each way.
      if (way !== otherWay && (run === null || otherRun === null)) continue;
      return other;
    }
    return undefined;
  };

  const kindOf = (a: Link, b: Link): TwinKind => {
    const instance = a.session.peer?.instance ?? null;
    return instance !== null && instance === (b.session.peer?.instance ?? null) ? 'copy' : 'same-name';
  };

  const turnAway = (link: Link, rival: Link): void => {
    const why = kindOf(link, rival);
    const name = link.session.peer?.station ?? '';
    link.turnAway(why);
    rival.tellTwin(why);
    onTwin(name, why);
  };

  const probe = (link: Link, rival: Link): void => {
    const before = rival.session.heard;
    rival.probe();
    clock.setTimeout(() => {
      if (!links.has(link)) return;
      const alive = links.has(rival) && rival.session.heard > before;
      if (alive) {
        turnAway(link, rival);
        return;
      }
      rival.close('it answers no more, and its station came anew');
      const next = rivalOf(link);
      if (next) probe(link, next);
      else link.admit();
    }, PROBE);
  };

  return {
    holds(link) {
      const rival = rivalOf(link);
      if (rival === undefined) return false;
      if (links.get(link) === 'dial') {
        turnAway(rival, link); // Whoever came by itself under our hub's name.
        return false;
      }
      probe(link, rival);
      return true;
    },
  };
}

import type { Notice } from '../../contract/features/notices.ts';
import type { Clock } from '../clock.ts';
import { moreNotice } from './notices.ts';

/** Notices listed; more than this nobody reads. */
const MOST = 50;

/** What is to be said of other stations: told once for a time or until taken back, or seen anew at each look. */
export interface Sayings {
  /** @param forMs after so long without being said again it is dropped; absent: it stands until `unsay`. */
  say(notice: Notice, forMs?: number): void;
  unsay(id: string): void;
  /** What stands, errors first. `present` follows from the state of this moment; each keeps the time since when it has been so. */
  list(present: readonly Notice[]): Notice[];
}

export function createSayings(clock: Clock): Sayings {
  const said = new Map<string, { notice: Notice; until: number }>();
  let standing = new Map<string, number>();

  return {
    say(notice, forMs = Number.POSITIVE_INFINITY) {
      const since = said.get(notice.id)?.notice.since ?? notice.since;
      said.set(notice.id, { notice: { ...notice, since }, until: clock.monotonic() + forMs });
    },
    unsay: (id) => void said.delete(id),
    list(present) {
      for (const [id, { until }] of said) if (clock.monotonic() >= until) said.delete(id);
      const dated = present.map((notice) => ({ ...notice, since: standing.get(notice.id) ?? notice.since }));
      standing = new Map(dated.map((notice) => [notice.id, notice.since]));
      const all = [...dated, ...[...said.values()].map(({ notice }) => notice)];
      const sorted = [...all.filter((n) => n.severity === 'error'), ...all.filter((n) => n.severity !== 'error')];
      if (sorted.length <= MOST) return sorted;
      return [...sorted.slice(0, MOST), moreNotice(sorted.length - MOST, sorted[0]?.since ?? 0)];
    },
  };
}

import { callAggregate, waits } from '../../../core/calls/call.ts';
import { decideReport } from '../../../core/calls/report.ts';
import type { Domain } from '../../domain/domain.ts';
import type { TakeReports } from '../../feeds/feed.ts';
import { sha256 } from '../../ledger/sha256.ts';

/** So many calls wait before those of other systems have to. */
const MOST_WAITING = 300;
/** Hex digits of a hash that tell one report from all others. */
const KEY_DIGITS = 32;

/** The subject of a report: its system may call it anything. */
const subjectOf = (feed: string, id: string): string => `call:${sha256(`${feed}\n${id}`).slice(0, KEY_DIGITS)}`;

/** Makes calls of what other systems tell of (T4, T5). */
export function reportsTaken(domain: Domain): TakeReports {
  const calls = domain.of(callAggregate);
  return async (from, reports) => {
    // What is told twice in one breath is told last.
    const last = new Map(reports.map((report) => [subjectOf(from.feed, report.id), report]));
    let [taken, left] = [0, 0];
    await domain.execute(() => {
      let waiting = [...calls.staying()].filter(([, call]) => waits(call)).length;
      return [...last].flatMap(([subject, report]) => {
        const call = calls.get(subject);
        const drafts = decideReport(call, report, from);
        if (drafts.length === 0) return [];
        if (!waits(call) && !report.over && ++waiting > MOST_WAITING) {
          left++;
          return [];
        }
        taken++;
        return drafts;
      });
    });
    return { taken, left };
  };
}

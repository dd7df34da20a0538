import { toWgs84 } from '../../../core/places/crs.ts';
import type { FeedDeps } from '../deps.ts';
import type { Feed, TakeReports } from '../feed.ts';
import { createPostedFeed } from '../posted.ts';
import type { Receiver } from '../receiver.ts';
import type { CallsConfig } from './config.ts';
import { readCalls } from './read.ts';

/** Takes calls and reports that a source posts, and answers when they are recorded (docs/protocols/calls.md). */
export function createCallsFeed(
  config: CallsConfig,
  deps: FeedDeps & { takeReports: TakeReports },
): Feed & { readonly receiver: Receiver } {
  const { id, name, to, kinds, zone } = config;
  const options = { kinds, zone, convert: toWgs84(config.crs) };
  return createPostedFeed(config, deps, {
    read(bytes, now) {
      const reading = readCalls(bytes, options, now);
      return reading.ok ? { ...reading, what: reading.reports } : reading;
    },
    async record(reports) {
      const { taken, left } = await deps.takeReports({ feed: id, name, to }, reports);
      return { known: reports.length - taken - left, left };
    },
  });
}

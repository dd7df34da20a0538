import { toWgs84 } from '../../../core/places/crs.ts';
import { readCap } from '../codecs/cap/read.ts';
import type { FeedDeps } from '../deps.ts';
import type { Feed, TakeWarning } from '../feed.ts';
import { createPostedFeed } from '../posted.ts';
import type { Receiver } from '../receiver.ts';
import type { CapConfig } from './config.ts';

const HOUR_MS = 3_600_000;

/** Takes warnings that a source posts, one CAP message at a time, and answers when they are recorded (docs/protocols/cap.md). */
export function createCapFeed(
  config: CapConfig,
  deps: FeedDeps & { takeWarning: TakeWarning },
): Feed & { readonly receiver: Receiver } {
  const options = {
    zone: config.zone,
    holds: config.holdHours * HOUR_MS,
    convert: toWgs84(config.crs) ?? ((lon: number, lat: number): [number, number] => [lon, lat]),
    mayBring: (sender: string) => config.senders?.some((pattern) => fits(pattern, sender)) ?? true,
  };
  return createPostedFeed(config, deps, {
    read(bytes, now) {
      const reading = readCap(bytes, options, now);
      if (!reading.ok) return reading;
      const { message, faults } = reading;
      return { ok: true, what: message === null ? [] : [message], rejected: 0, faults };
    },
    async record(messages) {
      // Known by its number: what was recorded before is not recorded again.
      for (const message of messages) await deps.takeWarning(config.id, message);
      return { known: 0, left: 0 };
    },
  });
}

function fits(pattern: string, sender: string): boolean {
  return pattern.endsWith('*') ? sender.startsWith(pattern.slice(0, -1)) : sender === pattern;
}

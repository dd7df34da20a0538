import { randomBytes } from 'node:crypto';
import { setImmediate as soon } from 'node:timers/promises';
import { pino } from 'pino';
import type { FeedFault, FeedHealth } from '../../contract/features/feeds.ts';
import type { Report } from '../../core/calls/report.ts';
import type { UnitReport } from '../../core/units/unit.ts';
import type { WarningMessage } from '../../core/warnings/message.ts';
import type { Text } from '../../core/words.ts';
import type { Clock } from '../clock.ts';
import type { Issue } from '../config/issue.ts';
import { createRejects } from '../rejects/rejects.ts';
import { AHEAD_MS } from '../telemetry/intake.ts';
import { type FeedDirectory, type FeedSink, NOTHING, type ObservationReport } from './feed.ts';
import { createFeed, type FeedConfig } from './registry.ts';

/** Hears what a trial comes to, message by message: first the message, then what a hall would take of it and what it would refuse. */
export interface TrialEars {
  /** @param message without passwords. @param from which device, topic or address it came from, where there are several */
  heard(message: Uint8Array, from: string): void;
  /** @param ahead it is dated after the hall's clock, and would be refused */
  reading(report: ObservationReport, ahead: boolean): void;
  unit(report: UnitReport, ahead: boolean): void;
  warning(message: WarningMessage): void;
  report(report: Report): void;
  refused(issue: Issue): void;
  /** The feed has no connection, or cannot listen. */
  fault(error: Text, what: FeedFault | null): void;
}

/** One feed that is tried beside a hall, or without one. Nothing of it is written. */
export interface Trial {
  /** Resolves once as many messages came as were asked for, with all that was made of them. */
  readonly enough: Promise<void>;
  /** Reads a message that came in at a feed of the hall, as this one would. */
  hear: (message: Uint8Array, from: string, shown?: () => Uint8Array) => void;
  counts(): { readonly heard: number; readonly taken: number; readonly refused: number };
  health(): FeedHealth;
  stop(): Promise<void>;
}

/**
 * Starts a feed against its real source.
 *
 * @param options.count messages after which nothing more is told
 * @param options.dials false of one that reads what another feed hears: it dials nobody, and listens where nobody dials
 */
export function startTrial(
  config: FeedConfig,
  options: { clock: Clock; directory: FeedDirectory; count: number; ears: TrialEars; dials?: boolean },
): Trial {
  const { clock, directory, count, ears, dials = true } = options;
  const secret = randomBytes(16).toString('hex');
  const rejects = createRejects({ clock });
  let [heard, taken, refused] = [0, 0, 0];
  /** More came in the same breath than was asked for. */
  let past = false;
  let last = '';
  let enough = () => {};
  const over = new Promise<void>((resolve) => {
    enough = resolve;
  });
  rejects.onChange(() => {
    if (past) return;
    refused = rejects.total();
    const all = rejects.list();
    const known = all.findIndex((each) => each.id === last);
    last = all[0]?.id ?? '';
    for (const { message, remedy, path } of all.slice(0, known < 0 ? all.length : known).toReversed())
      ears.refused({ message, remedy, path });
  });
  const isAhead = ({ t }: { readonly t: number }): boolean => t > clock.now() + AHEAD_MS;
  const sink: FeedSink = {
    push({ observations, units }) {
      if (past) return NOTHING;
      for (const each of observations) ears.reading(each, isAhead(each));
      for (const each of units) ears.unit(each, isAhead(each));
      const rejected = [...observations, ...units].filter(isAhead).length;
      taken += observations.length + units.length - rejected;
      return { ...NOTHING, rejected };
    },
    ready: () => Promise.resolve(),
  };
  const note = (message: Uint8Array, from: string): boolean => {
    past = heard === count;
    if (past) return false;
    heard++;
    ears.heard(message, from);
    if (heard === count) void soon().then(enough);
    return true;
  };
  const feed = createFeed(dials ? alone(config) : deaf(config), {
    ...{ clock, log: pino({ level: 'silent' }), directory, rejects, secret: () => secret },
    heard: (message, from, shown) => void note(shown?.() ?? message, from),
    takeWarning(_, message) {
      if (!past) {
        taken++;
        ears.warning(message);
      }
      return Promise.resolve();
    },
    takeReports(_, reports) {
      if (!past) {
        taken += reports.length;
        for (const report of reports) ears.report(report);
      }
      return Promise.resolve({ taken: reports.length, left: 0 });
    },
  });
  feed.onState(({ error, fault }) => {
    if (error !== null && dials) ears.fault(error, fault);
  });
  feed.start(sink);
  const again = async (bytes: Uint8Array): Promise<void> => {
    const outcome = await feed.again?.({ bytes }, clock.now());
    if (past) return;
    refused += outcome?.rejected ?? 0;
    for (const issue of outcome?.faults ?? []) ears.refused(issue);
  };
  return {
    enough: over,
    hear(message, from, shown) {
      if (note(shown?.() ?? message, from)) void again(new Uint8Array(message));
    },
    counts: () => ({ heard, taken, refused }),
    health: () => feed.health(),
    stop: () => feed.stop(),
  };
}

/** As somebody beside the hall: a broker keeps nothing for a trial, and a message that one of a group gets stays the hall's. */
function alone(config: FeedConfig): FeedConfig {
  if (config.protocol !== 'mqtt') return config;
  const { clientId: _, ...rest } = config;
  return { ...rest, keepFor: 0, topics: config.topics.map((topic) => topic.replace(/^\$share\/[^/]+\//, '')) };
}

/** Of a feed that listens: where the system chooses, for nobody. */
const deaf = (config: FeedConfig): FeedConfig =>
  'listen' in config && config.listen ? { ...config, listen: { host: '127.0.0.1', port: 0 } } : config;

import { ContractError } from '../../../../contract/errors.ts';
import {
  type FeedTrialView,
  MOST_TRIED_RECORDS,
  MOST_TRIED_REFUSALS,
  TRIAL_S,
  TRIED_MESSAGES,
  type TriedMessage,
  type TriedRecord,
} from '../../../../contract/features/setupFeedTrial.ts';
import type { UnitReport } from '../../../../core/units/unit.ts';
import type { Text } from '../../../../core/words.ts';
import type { Clock } from '../../../clock.ts';
import type { FeedDirectory, ObservationReport } from '../../../feeds/feed.ts';
import type { Feeds } from '../../../feeds/feeds.ts';
import { type FeedConfig, isPosted } from '../../../feeds/registry.ts';
import { addressText } from '../../../feeds/transports/address.ts';
import { startTrial, type Trial } from '../../../feeds/trial.ts';
import { FileRefusal } from '../saying.ts';
import { MOVED, NOT_POSTED_YET, RECORDED } from './refusals.ts';
import { shownRaw } from './shownRaw.ts';

/** A trial that no window asks about for so long, in ms, has none any more. */
const FORGOTTEN_MS = 15_000;
const END_MS = TRIAL_S * 1000;

/** What is known of the hall that a feed is tried in. */
export interface TriedIn {
  readonly clock: Clock;
  readonly directory: FeedDirectory;
  /** Those that the hall has in use. */
  readonly feeds: Pick<Feeds, 'configs' | 'tap'>;
  readonly sensors: ReadonlyMap<string, { readonly name: Text; readonly unit: string }>;
  readonly units: ReadonlyMap<string, { readonly callSign: string }>;
}

/** Trials of feeds, one at a time. */
export interface FeedTrials {
  /** Ends the one before. @throws FileRefusal for a feed that cannot be tried */
  begin(config: FeedConfig): { trial: string; view: FeedTrialView };
  /** @throws ContractError 'not-found' for one that is over for long, or another's */
  view(trial: string): FeedTrialView;
  end(trial: string): FeedTrialView;
  close(): Promise<void>;
}

export function createFeedTrials(hall: TriedIn): FeedTrials {
  let number = 0;
  let current: { readonly id: string; readonly run: Running } | null = null;
  const of = (trial: string): Running => {
    if (current?.id === trial) return current.run;
    throw new ContractError('not-found', 'this trial is over: begin another');
  };
  return {
    begin(config) {
      const run = begin(config, hall);
      void current?.run.end('ended');
      current = { id: `trial-${++number}`, run };
      return { trial: current.id, view: run.view() };
    },
    view(trial) {
      const run = of(trial);
      run.asked();
      return run.view();
    },
    end(trial) {
      const run = of(trial);
      void run.end('ended');
      return run.view();
    },
    close: async () => current?.run.end('ended'),
  };
}

interface Running {
  asked(): void;
  view(): FeedTrialView;
  end(phase: FeedTrialView['phase']): Promise<void>;
}

type Message = { -readonly [K in keyof TriedMessage]: TriedMessage[K] };

function begin(config: FeedConfig, hall: TriedIn): Running {
  const { clock } = hall;
  if (config.protocol === 'folder') throw new FileRefusal(MOVED);
  if (config.protocol === 'replay') throw new FileRefusal(RECORDED);
  const taps = tapped(config, hall.feeds.configs());
  if (taps === null && isPosted(config)) throw new FileRefusal(NOT_POSTED_YET(config.id));
  const messages: Message[] = [];
  const startedAt = clock.now();
  let phase: FeedTrialView['phase'] = 'under-way';
  const record = (said: TriedRecord): void => {
    const message = messages.at(-1);
    if (!message) return;
    message.recordCount++;
    if (message.records.length < MOST_TRIED_RECORDS) message.records.push(said);
  };
  const trial: Trial = startTrial(config, {
    ...{ clock, directory: hall.directory, count: TRIED_MESSAGES, dials: taps === null },
    ears: {
      heard(message, from) {
        const none = { records: [], recordCount: 0, refusals: [], refusalCount: 0 };
        messages.push({
          number: messages.length + 1,
          at: clock.now(),
          from: from.slice(0, 200),
          ...shownRaw(message),
          ...none,
        });
      },
      reading: (report, ahead) => record(readingOf(report, ahead, hall)),
      unit: (report, ahead) => record(unitOf(report, ahead, hall)),
      warning: ({ identifier, title, sent }) =>
        record({
          is: 'warning',
          id: identifier.slice(0, 200),
          name: null,
          said: title,
          quality: 'good',
          t: sent,
          ahead: false,
        }),
      report: ({ id, text, at }) =>
        record({
          ...{ is: 'report', id: id.slice(0, 200), name: null, said: text, quality: 'good' },
          ...{ t: at ?? clock.now(), ahead: false },
        }),
      refused({ path, message: said, remedy }) {
        const message = messages.at(-1);
        if (!message) return;
        message.refusalCount++;
        if (message.refusals.length < MOST_TRIED_REFUSALS) message.refusals.push({ path, message: said, remedy });
      },
      fault(_, what) {
        if (what === 'cannot-listen') void end('cannot');
      },
    },
  });
  const untap = taps === null ? null : hall.feeds.tap(taps, trial.hear);
  let last = trial.health();
  const end = async (as: FeedTrialView['phase']): Promise<void> => {
    if (phase !== 'under-way') return;
    phase = as;
    last = trial.health();
    cancelEnd();
    cancelForgotten();
    untap?.();
    await trial.stop();
  };
  const cancelEnd = clock.setTimeout(() => void end('time'), END_MS);
  let cancelForgotten = clock.setTimeout(() => void end('ended'), FORGOTTEN_MS);
  void trial.enough.then(() => end('heard'));
  return {
    end,
    asked() {
      if (phase !== 'under-way') return;
      cancelForgotten();
      cancelForgotten = clock.setTimeout(() => void end('ended'), FORGOTTEN_MS);
    },
    view() {
      const health = phase === 'under-way' ? trial.health() : last;
      const { taken, refused } = trial.counts();
      const dials = taps === null;
      return {
        ...{ phase, taps, startedAt, endsAt: startedAt + END_MS, messages, taken, refused },
        ...(dials ? { fault: health.fault, error: health.error } : { fault: null, error: null }),
        listens: dials && 'listen' in config && config.listen ? addressText(config.listen) : null,
        clockOffsetMs: health.clockOffsetMs,
        connected: dials ? (health.devices?.connected ?? Number(health.state !== 'down')) : 0,
        strangers: [...(health.devices?.strangers ?? [])],
      };
    },
  };
}

/** The feed in use whose messages the trial reads: nobody else can listen where it does, and who posts posts to it. */
function tapped(config: FeedConfig, used: readonly FeedConfig[]): string | null {
  const listen = listenOf(config);
  const same = (other: FeedConfig): boolean => {
    if (other.protocol !== config.protocol) return false;
    const at = listenOf(other);
    return listen ? at?.port === listen.port && at.over === listen.over : other.id === config.id;
  };
  const posts = isPosted(config);
  if (!listen && !posts) return null;
  return used.find(same)?.id ?? null;
}

const listenOf = (config: FeedConfig) => ('listen' in config ? config.listen : undefined);

function readingOf(
  { sensor, t, value, quality }: ObservationReport,
  ahead: boolean,
  { sensors }: TriedIn,
): TriedRecord {
  const known = sensors.get(sensor);
  const said = `${value}${known && known.unit !== '' ? ` ${known.unit}` : ''}`;
  return { is: 'reading', id: sensor, name: known?.name ?? null, said: { zh: said, en: said }, quality, t, ahead };
}

function unitOf({ unit, lon, lat, status, t }: UnitReport, ahead: boolean, { units }: TriedIn): TriedRecord {
  const sign = units.get(unit)?.callSign;
  const at = `${lon.toFixed(6)}, ${lat.toFixed(6)} (WGS 84)`;
  const name = sign === undefined ? null : { zh: sign, en: sign };
  return { is: 'unit', id: unit, name, said: { zh: at, en: `${at} ${status}` }, quality: 'good', t, ahead };
}

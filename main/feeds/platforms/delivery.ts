import type { FeedHealth } from '../../../contract/features/feeds.ts';
import type { Outcome } from '../../../contract/features/rejects.ts';
import type { Crs } from '../../../core/places/crs.ts';
import type { Issue } from '../../config/issue.ts';
import { EXCERPT_CHARS, type RawMessage, refuseOf } from '../../rejects/rejects.ts';
import type { Wait } from '../brake.ts';
import type { CodecFault, Decoded } from '../codecs/codec.ts';
import type { FeedDeps } from '../deps.ts';
import type { DeviceFeedConfig } from '../devices/config.ts';
import { createMapping, type Mapped } from '../devices/mapping.ts';
import { createStrangers } from '../devices/strangers.ts';
import { type FeedSink, NOTHING, type RecordFault } from '../feed.ts';
import { CLOCK_OFF_MS, type HealthKeeper } from '../health.ts';
import { deliverAgain } from '../outcome.ts';
import type { PlatformDevices } from './devices.ts';
import { discretionOf } from './discretion.ts';

/** What became of what was read. */
export interface Handed {
  /** The sink asks to wait. */
  readonly slow: boolean;
  /** Records that are in the hall, or were before. */
  readonly taken: number;
  /** Records that the hall did not let in: it may, when they come again. */
  readonly rejected: number;
  /** All that was refused, of which some is described. */
  readonly refused: number;
  readonly faults: readonly CodecFault[];
}

/** What the hall has already of a system that repeats itself. */
export interface News {
  /** What of it is new. */
  of(found: Said): Said;
  /** It is in the hall, the new and the known. */
  told(found: Said): void;
}
type Said = Pick<Mapped, 'observations' | 'units'>;

/** The way of what a system of its own shape says into the hall: devices by their names, what is refused, and who is not named. */
export interface Delivery {
  /** Whether a quantity of a device has a sensor. */
  wanted(device: string, item: string): boolean;
  /** @param of the message it was read of; left out where there is none that could be read again */
  hand(decoded: Decoded, to: FeedSink, of?: RawMessage): Handed;
  /** Hands over what was read of a message that is put through again; nothing of it is refused, heard or told. */
  again(decoded: Decoded, to: FeedSink): Outcome;
  reject(fault: RecordFault, of?: RawMessage): void;
  /** Once for each `what`. */
  tellOnce(what: string, fault: Issue, excerpt: string): void;
  /** What the system was told in confidence is in nothing that is shown, whoever repeats it. */
  discreet(text: string): string;
  /** Says that the feed rests, and resolves when it may go on. */
  rest(wait: Wait): Promise<void>;
  /** Devices have to be heard anew to count as connected. */
  forget(): void;
  view(): FeedHealth;
}

/**
 * @param config.secrets what is starred out wherever it would be shown
 * @param config.measures whether devices say what they measure, rather than where they are alone
 * @param config.news leaves out of what was found what the hall has already; all of it is handed over where this is left out
 */
export function createDelivery(
  config: {
    readonly id: string;
    readonly crs?: Crs | undefined;
    readonly devices: PlatformDevices;
    readonly secrets: readonly string[];
    readonly measures: boolean;
    readonly news?: News;
  },
  { clock, log, directory, rejects }: FeedDeps,
  health: HealthKeeper,
): Delivery {
  const { id, devices, news } = config;
  const strangers = createStrangers(config.measures ? 'gauges' : 'terminals');
  const named = new Map(devices.map((each) => [each.device, each]));
  const heard = new Set<string>();
  // Of a feed's configuration the mapping reads the devices, and what coordinates mean.
  const mapping = { devices, ...(config.crs ? { crs: config.crs } : {}) } as DeviceFeedConfig;
  const map = createMapping(mapping, directory, String, strangers.note);
  const told = new Set<string>();
  const { discreet, starred } = discretionOf(config.secrets);
  const refuse = (faults: readonly RecordFault[], count: number, of: RawMessage | undefined): void => {
    if (count === 0) return;
    const raw = of && {
      ...of,
      ...(of.topic === undefined ? {} : { topic: discreet(of.topic) }),
      bytes: faults.length > 0 ? starred(of.bytes) : of.bytes,
    };
    const told = faults.map((fault) => ({ ...fault, excerpt: discreet(fault.excerpt).slice(0, EXCERPT_CHARS) }));
    refuseOf(rejects, id, raw, { faults: told, count });
  };
  const reject = (fault: RecordFault, of?: RawMessage): void => refuse([fault], 1, of);

  return {
    ...{ discreet, reject },
    wanted: (device, item) => Object.hasOwn(named.get(device)?.readings ?? {}, item),
    tellOnce(what, fault, excerpt) {
      if (told.has(what)) return;
      told.add(what);
      reject({ ...fault, excerpt });
    },
    again(decoded, to) {
      const now = { wall: clock.now(), monotonic: clock.monotonic() };
      // Of its own: what is known of devices' clocks, and what was told, is of what they say themselves.
      const { observations, units, ...mapped } = createMapping(mapping, directory, String)(decoded.records, now);
      const unread = { count: decoded.refused + mapped.refused, faults: [...decoded.faults, ...mapped.faults] };
      return deliverAgain(to, { sentAt: now.wall, observations, units }, unread);
    },
    hand(decoded, to, of) {
      const now = { wall: clock.now(), monotonic: clock.monotonic() };
      for (const { device } of decoded.records) if (named.has(device)) heard.add(device);
      const { observations: values, units: places, ...mapped } = map(decoded.records, now);
      const found = values.length + places.length;
      const all = { observations: values, units: places };
      const { observations, units } = news?.of(all) ?? all;
      const records = observations.length + units.length;
      // Of clocks each device has one: what is ahead is known of the device, and there is none of the source.
      const taken = records > 0 ? to.push({ sentAt: now.wall, observations, units }) : NOTHING;
      if (taken.rejected === 0) news?.told(all);
      const refused = decoded.refused + mapped.refused;
      const faults = [...decoded.faults, ...mapped.faults, ...taken.faults];
      refuse(faults, refused + taken.rejected, of);
      // A device that nobody named makes no feed live, and neither does what nobody asked for.
      if (found > 0 || (decoded.records.length > 0 && mapped.refused === 0)) {
        const isNear = decoded.sentAt !== null && Math.abs(decoded.sentAt - now.wall) <= CLOCK_OFF_MS;
        health.message({
          ...{ sentAt: isNear ? decoded.sentAt : null, records: records - taken.rejected, late: taken.late },
          rejected: refused + taken.rejected,
        });
      } else for (let i = 0; i < refused; i++) health.refused();
      return {
        ...{ slow: taken.slow, taken: found - taken.rejected, rejected: taken.rejected },
        ...{ refused: refused + taken.rejected, faults },
      };
    },
    rest(wait) {
      if (wait.because === 'refused') {
        const seconds = wait.ms / 1000;
        health.braked({
          zh: `被拒收的报文过多，暂停读取 ${seconds} 秒`,
          en: `too many refused messages: reading rests for ${seconds} s`,
        });
        log.warn({ feed: id, wait: wait.ms }, 'a source sends nothing but what is refused');
      }
      return new Promise((resolve) => void clock.setTimeout(resolve, wait.ms));
    },
    forget: () => heard.clear(),
    view() {
      const { count, latest } = strangers.view();
      return { ...health.view(), devices: { connected: heard.size, strangers: latest, strangerCount: count } };
    },
  };
}

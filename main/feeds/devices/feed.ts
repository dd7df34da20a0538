import { every } from '../../clock.ts';
import type { Issue, Said } from '../../config/issue.ts';
import { EXCERPT_CHARS, refuseOf } from '../../rejects/rejects.ts';
import { createBrake } from '../brake.ts';
import type { CodecFault, CodecSession, Decoded } from '../codecs/codec.ts';
import type { FeedDeps } from '../deps.ts';
import { type Feed, type FeedSink, NOTHING } from '../feed.ts';
import { CLOCK_OFF_MS, createHealth } from '../health.ts';
import { deliverAgain, nothingOf } from '../outcome.ts';
import type { Link, LinkEars } from '../transports/tcpLink.ts';
import type { DeviceFeedConfig } from './config.ts';
import { createMapping } from './mapping.ts';
import { createStrangers } from './strangers.ts';
import { openWay, type Way } from './way.ts';

const TICK_MS = 500;
/** Share of the hall's thread that all devices of a feed may use together, and one of them half of that. */
const WORK_SHARE = 0.5;
/** Arrivals a second that are read of one device, or of a gateway. */
const MOST_ARRIVALS = 10_000;

/** What those would be in the hall that no file names; gauges, where their protocol is left out. */
const STRANGERS: Readonly<Partial<Record<DeviceFeedConfig['protocol'], Parameters<typeof createStrangers>[0]>>> = {
  ...{ jt808: 'terminals', ais: 'terminals', cot: 'clients' },
};

const UNREADABLE: Said = {
  message: { zh: '读取报文时发生内部错误', en: 'the hall failed to read a message' },
  remedy: { zh: '请把日志中的这一条报告给 OpsHall', en: 'Report this line of the log to the makers of OpsHall.' },
};
const UNFINISHED: Issue = {
  path: '',
  message: { zh: '其中没有完整的报文', en: 'there is no whole message in it' },
  remedy: {
    zh: '分包发送的报文只能由设备重发；其余请核对首尾是否完整',
    en: 'What a device sends in packets it alone can send again; else see whether beginning and end are there.',
  },
};
const SECRET: Issue = {
  path: 'password',
  message: {
    zh: '报文中的密码保存时已隐去，数据源文件中又没有该设备的密码，无法核对校验码',
    en: "its password was starred out when it was kept, and the feed's file does not name one for the device that fits: its checksum cannot be checked",
  },
  remedy: {
    zh: '请在该数据源的 devices 中写上该设备的 password，载入后重试',
    en: "Name the device's `password` under `devices` of the feed, load the files, and try again.",
  },
};

const isNear = (sentAt: number | null, wall: number): boolean =>
  sentAt !== null && Math.abs(sentAt - wall) <= CLOCK_OFF_MS;

/** A device that dials the wrong port says its password to a protocol that does not know one: as HJ 212 writes it, in text or in hex. */
const withoutPasswords = (excerpt: string): string =>
  excerpt.replace(/PW=[^;&]*/gi, 'PW=******').replace(/50573d(?:(?!3b)[\da-f]{2})*/gi, '50573d…');

/** What the protocol of the devices is. */
export interface DeviceProtocol {
  /** Reads one connection. */
  open(): CodecSession;
  /** The one form of a device's number, which may be written in several. */
  canonical(device: string): string;
  /** Reads what came on another connection, which is gone. */
  openAgain(): CodecSession;
  /** What {@link discreet} made, with the secrets of the configuration in their place; null where it does not name one of them. */
  restored(bytes: Uint8Array): Uint8Array | null;
  /** What came with its secrets starred out, as long as it was, for whoever looks at it; also of a device that dials the wrong port. */
  discreet(bytes: Uint8Array): Uint8Array;
}

/**
 * Listens for devices that dial the centre, or calls those that wait for it, answers them as their protocol demands, and delivers what they say.
 *
 * @param speaking the devices' protocol; hears of devices that the configuration does not name
 */
export function createDeviceFeed(
  config: DeviceFeedConfig,
  deps: FeedDeps,
  speaking: (stranger: (device: string) => void) => DeviceProtocol,
): Feed {
  const { clock, log, directory, rejects } = deps;
  const { id } = config;
  const health = createHealth({ id, name: config.name, clock, silentAfter: config.silentAfter * 1000 });
  const strangers = createStrangers(STRANGERS[config.protocol] ?? 'gauges');
  const protocol = speaking(strangers.note);
  const map = createMapping(config, directory, protocol.canonical, strangers.note);
  const share = deps.workShare ?? WORK_SHARE;
  const work = createBrake(clock, { messagesPerSecond: Number.POSITIVE_INFINITY, workShare: share });
  const links = new Set<Link>();
  let sink: FeedSink | null = null;
  let way: Way | null = null;
  let stopped = false;
  let cancelTick = () => {};
  /** Reasons for which no device is read. */
  let held = 0;

  const holdAll = (until: Promise<void>): void => {
    if (held++ === 0) for (const link of links) link.pause();
    void until.then(() => {
      if (--held > 0 || stopped) return;
      for (const link of links) link.resume();
    });
  };
  const wait = (ms: number) => new Promise<void>((resolve) => void clock.setTimeout(resolve, ms));

  /** @param came the frames that were read, and what came with them */
  const deliver = (decoded: Decoded, came: Uint8Array, to: FeedSink): boolean => {
    const now = { wall: clock.now(), monotonic: clock.monotonic() };
    const mapped = map(decoded.records, now);
    const { observations, units } = mapped;
    const records = observations.length + units.length;
    // Of clocks each device has one: what is ahead is known of the device, and there is none of the source.
    const taken = records > 0 ? to.push({ sentAt: now.wall, observations, units }) : NOTHING;
    const refused = decoded.refused + mapped.refused;
    refuse([...decoded.faults, ...mapped.faults, ...taken.faults], refused + taken.rejected, came);
    // A device that nobody named makes no feed live.
    if (decoded.messages > 0 && (records > 0 || mapped.refused === 0))
      health.message({
        // How late messages come shows; a clock that is off is its device's, and not the source's.
        ...{
          sentAt: isNear(decoded.sentAt, now.wall) ? decoded.sentAt : null,
          records: records - taken.rejected,
          late: taken.late,
        },
        rejected: refused + taken.rejected,
      });
    else for (let i = 0; i < refused; i++) health.refused();
    return taken.slow;
  };

  const refuse = (faults: readonly CodecFault[], count: number, came: Uint8Array): void => {
    if (count === 0) return;
    const discreet = faults.map((fault) => ({
      ...fault,
      excerpt: withoutPasswords(fault.excerpt).slice(0, EXCERPT_CHARS),
    }));
    const bytes = faults.length === 0 ? came : protocol.discreet(came);
    refuseOf(rejects, id, { bytes }, { faults: discreet, count });
  };

  /** Null where the codec itself failed: the hall does not end for one device, and what it keeps of its bytes is not to be trusted. */
  const decode = (session: CodecSession, bytes: Buffer, came: Uint8Array, link: Link): Decoded | null => {
    try {
      return session.take(bytes, clock.now());
    } catch (err) {
      log.error({ err, feed: id, peer: link.peer }, 'a message could not be read, and its connection is closed');
      health.refused();
      refuse([{ path: '', ...UNREADABLE, excerpt: bytes.toString('hex', 0, EXCERPT_CHARS / 2) }], 1, came);
      link.end();
      return null;
    }
  };

  const open = (link: Link): LinkEars => {
    // What was recorded was let in once: tokens are of this feed's and not of the recorded one's.
    const session = deps.played ? protocol.openAgain() : protocol.open();
    /** What came of a frame whose rest has not come. */
    let begun: Uint8Array = new Uint8Array(0);
    const brake = createBrake(clock, { messagesPerSecond: MOST_ARRIVALS, workShare: share / 2 });
    links.add(link);
    if (held > 0) link.pause();
    return {
      bytes(bytes) {
        if (sink === null || stopped) return;
        deps.heard?.(bytes, link.peer, () => protocol.discreet(bytes));
        const began = clock.monotonic();
        const came = begun.length === 0 ? bytes : Buffer.concat([begun, bytes]);
        const decoded = decode(session, bytes, came, link);
        if (decoded === null) return;
        // A copy: what came belongs to whoever brought it.
        begun = new Uint8Array(came.subarray(Math.max(0, came.length - session.kept())));
        const slow = deliver(decoded, came, sink);
        const { replies } = decoded;
        if (replies.length > 0) link.send(replies.length === 1 ? (replies[0] as Uint8Array) : Buffer.concat(replies));
        const cost = clock.monotonic() - began;
        const own = brake.took(cost, decoded.refused > 0 && decoded.messages === 0);
        if (own) {
          link.pause();
          if (own.because === 'refused')
            log.warn({ feed: id, peer: link.peer, wait: own.ms }, 'a device sends nothing but what is refused');
          void wait(own.ms).then(() => link.resume());
        }
        const all = work.took(cost, false);
        if (all) holdAll(wait(all.ms));
        if (slow) holdAll(sink.ready());
      },
      gone: () => void links.delete(link),
    };
  };

  return {
    id,
    protocol: config.protocol,
    start(to) {
      if (sink !== null) throw new Error(`feed ${id} was started before; make a new one`);
      sink = to;
      way = openWay(config, { ...deps, health }, open);
      cancelTick = every(clock, TICK_MS, () => health.tick());
    },
    async stop() {
      stopped = true;
      cancelTick();
      await way?.close();
    },
    again({ bytes }, at) {
      if (sink === null || stopped) return null;
      const whole = protocol.restored(bytes);
      if (whole === null) return nothingOf(SECRET);
      const session = protocol.openAgain();
      let decoded: Decoded;
      try {
        decoded = session.take(whole, at);
      } catch (err) {
        log.error({ err, feed: id }, 'a message could not be read again');
        return nothingOf({ path: '', ...UNREADABLE });
      }
      const now = { wall: clock.now(), monotonic: clock.monotonic() };
      // Of its own: what is known of devices' clocks, and what was told, is of what they say themselves.
      const { observations, units, ...mapped } = createMapping(
        config,
        directory,
        protocol.canonical,
      )(decoded.records, now);
      if (decoded.messages + decoded.refused === 0) return nothingOf(UNFINISHED);
      const unread = { count: decoded.refused + mapped.refused, faults: [...decoded.faults, ...mapped.faults] };
      return deliverAgain(sink, { sentAt: now.wall, observations, units }, unread);
    },
    health() {
      const { count, latest } = strangers.view();
      return { ...health.view(), devices: { connected: links.size, strangers: latest, strangerCount: count } };
    },
    onState: (listener) => health.onState(listener),
  };
}

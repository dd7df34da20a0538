import { every } from '../../clock.ts';
import { createBrake } from '../brake.ts';
import type { CodecReading } from '../codecs/codec.ts';
import type { Request } from '../codecs/modbus/frames.ts';
import { type Span, spansOf, valuesOf } from '../codecs/modbus/spans.ts';
import type { FeedDeps } from '../deps.ts';
import type { Feed, FeedSink } from '../feed.ts';
import { createHealth } from '../health.ts';
import { createDelivery } from '../platforms/delivery.ts';
import type { Address } from '../transports/address.ts';
import { type Dial, dialTcp } from '../transports/tcpDial.ts';
import type { ModbusConfig } from './config.ts';
import { createLine, type Line, type LineEars, type Polled } from './line.ts';
import { exceptionIssue, type Loss } from './said.ts';

const TICK_MS = 500;
const WORK_SHARE = 0.5;
/** A device that comes and goes is told of at most so often, ms. */
const TOLD_AGAIN_MS = 60_000;

/**
 * Reads registers of devices over Modbus TCP as their client, by turns, and writes none (docs/protocols/modbus.md). A value is of the
 * moment in which it came.
 */
export function createModbusFeed(config: ModbusConfig, deps: FeedDeps, dial: Dial = dialTcp): Feed {
  const { clock, log } = deps;
  const { id, devices } = config;
  const health = createHealth({ id, name: config.name, clock, silentAfter: config.silentAfter * 1000 });
  const delivery = createDelivery({ id, devices, secrets: [], measures: true }, deps, health);
  const brake = createBrake(clock, {
    messagesPerSecond: Number.POSITIVE_INFINITY,
    workShare: deps.workShare ?? WORK_SHARE,
  });
  const lines: Line[] = [];
  const answering = new Set<string>();
  const failing = new Set<string>();
  /** When it was told of a device that it does not answer, or of an address that it says what nobody asked, by the monotonic clock. */
  const toldAt = new Map<string, number>();
  /** Exceptions that were told, by device and register. */
  const told = new Set<string>();
  /** Whose loss is what the feed says of itself while no device answers. */
  let speaks: string | null = null;
  let isDown = true;
  let sink: FeedSink | null = null;
  let stopped = false;
  let cancelTick = () => {};

  const holdAll = (until: Promise<void>): void => {
    for (const line of lines) line.pause();
    void until.then(() => {
      if (stopped) return;
      for (const line of lines) line.resume();
    });
  };

  const answered = (device: string): void => {
    if (isDown) health.connected();
    isDown = false;
    speaks = null;
    answering.add(device);
    failing.delete(device);
  };

  const take = (device: string, span: Span, data: Buffer): void => {
    if (sink === null || stopped) return;
    const began = clock.monotonic();
    deps.heard?.(data, device);
    answered(device);
    const t = clock.now();
    const records = valuesOf(span, data).map(
      ({ item, value }): CodecReading => ({ kind: 'reading', device, item, t, value, quality: 'good' }),
    );
    const decoded = { messages: 1, sentAt: null, records, replies: [], faults: [], refused: 0 };
    const { slow } = delivery.hand(decoded, sink);
    const wait = brake.took(clock.monotonic() - began, false);
    if (wait) holdAll(delivery.rest(wait));
    if (slow) holdAll(sink.ready());
  };

  const except = (device: string, span: Span, request: Request, code: number): void => {
    answered(device);
    health.refused();
    const key = `${device} ${request.table} ${request.address} ${code}`;
    if (told.has(key)) {
      deps.rejects.count(1);
      return;
    }
    told.add(key);
    const items = span.points.map(({ item }) => item).join(', ');
    delivery.reject({ ...exceptionIssue(code, `${device}.${items}`, request), excerpt: `exception ${code}` });
  };

  const isNews = (what: string): boolean => {
    const now = clock.monotonic();
    if (now - (toldAt.get(what) ?? Number.NEGATIVE_INFINITY) < TOLD_AGAIN_MS) return false;
    toldAt.set(what, now);
    return true;
  };

  const lose = (where: string, lost: readonly string[], loss: Loss, heard: Buffer): void => {
    const news =
      lost.length === 0 ? isNews(where) : lost.filter((each) => !failing.has(each) && isNews(each)).length > 0;
    for (const device of lost) {
      answering.delete(device);
      failing.add(device);
    }
    if (heard.length > 0) health.refused();
    const named = lost.length === 1 ? `${lost[0]} (${where})` : where;
    const message = { zh: `${named}：${loss.message.zh}`, en: `${named}: ${loss.message.en}` };
    if (news) {
      log.warn({ feed: id, at: where, devices: lost.slice(0, 20), why: loss.message.en }, 'devices are not read');
      const path = lost.length === 1 ? (lost[0] ?? '') : where;
      delivery.reject({ path, message, remedy: loss.remedy, excerpt: heard.toString('hex') });
    } else if (heard.length > 0) deps.rejects.count(1);
    if (failing.size < devices.length || (speaks !== null && !lost.includes(speaks))) return;
    speaks = lost[0] ?? null;
    isDown = true;
    const why = { zh: `${message.zh}；${loss.remedy.zh}`, en: `${message.en}. ${loss.remedy.en}` };
    health.down(why, loss.fault);
  };

  return {
    id,
    protocol: config.protocol,
    start(to) {
      if (sink !== null) throw new Error(`feed ${id} was started before; make a new one`);
      sink = to;
      for (const { where, at, polled } of linesOf(config)) {
        const ears: LineEars = {
          values: take,
          exception: except,
          lost: (lost, loss, heard) => lose(where, lost, loss, heard),
        };
        lines.push(
          createLine({ name: `${id} ${where}`, at, timeout: config.timeout * 1000, polled }, clock, dial, ears),
        );
      }
      for (const line of lines) line.start();
      cancelTick = every(clock, TICK_MS, () => health.tick());
    },
    stop() {
      stopped = true;
      cancelTick();
      for (const line of lines) line.stop();
      return Promise.resolve();
    },
    health: () => ({
      ...delivery.view(),
      devices: { connected: answering.size, strangers: [], strangerCount: 0 },
    }),
    onState: (listener) => health.onState(listener),
  };
}

/** The addresses of a configuration, each with the devices behind it. */
function linesOf({ devices, every }: ModbusConfig): { where: string; at: Address; polled: Polled[] }[] {
  const lines = new Map<string, { where: string; at: Address; polled: Polled[] }>();
  for (const device of devices) {
    const { host, port } = device.at;
    const where = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    const line = lines.get(where) ?? { where, at: device.at, polled: [] };
    lines.set(where, line);
    const points = Object.values(device.readings).map(({ point }) => point);
    line.polled.push({
      ...{ device: device.device, unit: device.unitId, every: (device.every ?? every) * 1000 },
      spans: spansOf(points, device.gap),
    });
  }
  return [...lines.values()];
}

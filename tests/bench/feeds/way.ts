import { join } from 'node:path';
import { WebSocket, WebSocketServer } from 'ws';
import { AlarmRule } from '../../../core/alarms/rules.ts';
import { systemClock } from '../../../main/clock.ts';
import { createRuleWatch } from '../../../main/features/alarms/ruleWatch.ts';
import { createFeeds, type Feeds } from '../../../main/feeds/feeds.ts';
import { createRejects, type Rejects } from '../../../main/rejects/rejects.ts';
import { createTelemetry } from '../../../main/telemetry/telemetry.ts';
import { openTelemetryJournal } from '../../../native/sqlite/telemetryJournal.ts';
import { createDomainRig } from '../../fakes/domainRig.ts';
import { gridCity } from '../../fakes/gridCity.ts';

/** Kinds that the rules of the way look at: each sensor is watched by two of them, and none is ever to raise an alarm. */
const RULES = ['value', 'change'].map((what) =>
  AlarmRule.parse({
    ...{ rule: `bench-${what}`, name: { zh: '基准', en: 'Bench' }, sensor: { kind: 'water-level' } },
    measure: what === 'value' ? 'value' : { change: 60 },
    levels: [{ level: 2, raise: 1e6, clear: 1e5 }],
  }),
);

/** The hall's way from a feed to its journal, its rules and a window, without the rest of a hall. */
export interface Way {
  readonly feeds: Feeds;
  readonly rejects: Rejects;
  readonly telemetry: ReturnType<typeof createTelemetry>;
  /** Readings that feed `id` brought so far. */
  taken(id: string): number;
  /** Resolves when that feed brought so many, from its first one on: with the seconds until they are on the disk. */
  until(id: string, readings: number): Promise<number>;
  /** Puts what waits on the disk. */
  flush(): void;
  /** Bytes that the window got. */
  shown(): number;
  close(): Promise<void>;
}

/**
 * @param sensors `S-0` to so many, gauges of water
 * @param workShare of the thread that one feed may use; the product's when left out
 */
export async function openWay(folder: string, sensors: number, workShare?: number): Promise<Way> {
  const clock = systemClock();
  const rejects = createRejects({ clock });
  const journal = openTelemetryJournal({ file: join(folder, 'telemetry.db'), now: () => clock.now() });
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const city = gridCity(4, 1);
  const like = city.sensors.find(({ kind }) => kind === 'water-level');
  if (!like) throw new Error('a city without gauges');
  const gauges = Array.from({ length: sensors }, (_, i) => ({ ...like, id: `S-${i}` }));
  const telemetry = createTelemetry({
    ...{ clock, log, journal, rejects, city: { ...city, sensors: gauges }, maxPerSecond: 10_000_000 },
  });
  const byId = new Map(gauges.map((gauge) => [gauge.id, { ...gauge, name: gauge.place }]));
  const watch = createRuleWatch({
    ...{ rules: RULES, station: 'A', domain: createDomainRig().domain, sensor: (id) => byId.get(id) },
    onError(error) {
      throw error;
    },
  });
  for (const id of byId.keys()) telemetry.onSensor(id, (said) => watch.observe(id, said));

  const window = await openSocket();
  const stopWatching = telemetry.watchObservations({
    only: null,
    room: () => window.hall.bufferedAmount < 1_000_000,
    push: (frame) => window.hall.send(frame),
    skipped() {},
  });
  const counts = new Map<string, { readings: number; began: number; reached(): void }>();
  const feeds = createFeeds({
    ...{ clock, log, rejects, directory: telemetry.directory, secret: () => 'bench' },
    ...(workShare === undefined ? {} : { workShare }),
    sinkOf(feed) {
      const sink = telemetry.sinkOf(feed);
      const count = { readings: 0, began: 0, reached() {} };
      counts.set(feed.id, count);
      return {
        push(batch) {
          if (count.readings === 0) count.began = performance.now();
          count.readings += batch.observations.length;
          const taken = sink.push(batch);
          count.reached();
          return taken;
        },
        ready: () => sink.ready(),
      };
    },
  });
  // The hall's clock never keeps a process alive; a bench has nothing else that does.
  const alive = setInterval(() => {}, 1000);
  return {
    ...{ feeds, rejects, telemetry, flush: journal.flush, shown: window.shown },
    taken: (id) => counts.get(id)?.readings ?? 0,
    async until(id, readings) {
      const count = counts.get(id);
      if (!count) throw new Error(`no feed ${id}`);
      await new Promise<void>((resolve) => {
        count.reached = () => {
          if (count.readings >= readings) resolve();
        };
        count.reached();
      });
      journal.flush();
      if (telemetry.dropped() > 0) throw new Error(`${telemetry.dropped()} readings were not written down`);
      return (performance.now() - count.began) / 1000;
    },
    async close() {
      clearInterval(alive);
      stopWatching();
      await feeds.stop();
      telemetry.close();
      window.close();
    },
  };
}

/** A socket over loopback, as the one that a window has; what comes is counted. */
async function openSocket() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  const accepted = new Promise<WebSocket>((resolve) => server.once('connection', resolve));
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const page = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  let bytes = 0;
  page.on('message', (data: Buffer) => {
    bytes += data.length;
  });
  return {
    hall: await accepted,
    shown: () => bytes,
    close() {
      page.terminate();
      server.close();
    },
  };
}

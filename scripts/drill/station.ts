import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { QueryRow, TopicItem } from '../../contract/index.ts';
import { openWebSocket } from '../../contract/wire/carriers/webSocket.ts';
import { createHallClient } from '../../contract/wire/client.ts';
import type { HallClient } from '../../contract/wire/hallClient.ts';
import { createObservationMirror } from '../../contract/wire/observationMirror.ts';
import type { IncidentScene, Scene } from '../../core/drills/conditions.ts';
import { systemClock } from '../../main/clock.ts';
import { inProject, Refusal } from '../project.ts';
import { paintNothing } from './paintNothing.ts';

/** A laden machine takes a hall's start that far. */
const READY_WITHIN_MS = 120_000;
const CLOSE_WITHIN_MS = 10_000;

/** One hall process of a drill, with a client for every seat that sits at it. */
export interface DrillStation {
  name: string;
  url: string;
  seat(name: string): HallClient;
  /** Follows an incident from now on, by what the script calls it. */
  follow(about: string, incident: string): void;
  /** What the station shows now, through its own window. */
  scene(): Scene;
  incident(about: string): QueryRow<'incidents.one'> | undefined;
  /** The newest run of that incident. */
  run(about: string): TopicItem<'runs'> | undefined;
  /** Conflicts of the incident and its newest run. */
  conflicts(about: string): QueryRow<'incidents.one'>['conflicts'];
  status(): TopicItem<'station'> | undefined;
  close(): Promise<void>;
}

function startHall(
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<{ child: ChildProcess; url: string; token: string }> {
  const child = spawn(process.execPath, [inProject('out', 'main', 'headless.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-4000);
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail('was not ready within two minutes'), READY_WITHIN_MS);
    const fail = (what: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Refusal(`A hall of the drill ${what}. It said:\n${errors}`));
    };
    child.once('exit', (code) => fail(`ended with code ${code}`));
    if (!child.stdout) return fail('has no output');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = /^open (\S+)#token=(\S+)$/.exec(line);
      if (!address) return;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve({ child, url: new URL(address[1] as string).origin, token: address[2] as string });
    });
  });
}

/** Starts a hall and connects its seats. @throws Refusal when it does not start. */
export async function openStation(options: {
  name: string;
  seats: readonly string[];
  dataDir: string;
  drill: string;
  /** The hub to join: its WebSocket address, and the token. */
  hub?: { url: string; token: string };
  /** Another station's drill city to take the telemetry from. */
  cityFeed?: string;
}): Promise<DrillStation> {
  const { name, dataDir, hub, cityFeed } = options;
  paintNothing(dataDir);
  const args = [
    '--port',
    '0',
    '--data',
    dataDir,
    '--station',
    name,
    '--drill',
    options.drill,
    '--drill-after',
    'never',
  ];
  const { child, url, token } = await startHall(hub ? [...args, '--hub', hub.url] : args, {
    ...(hub ? { OPSHALL_HUB_TOKEN: hub.token } : {}),
    ...(cityFeed ? { OPSHALL_CITY_FEED: cityFeed } : {}),
  });
  const clock = systemClock();
  const socket = `${url.replace('http', 'ws')}/api`;
  const seats = new Map<string, HallClient>();
  for (const seat of options.seats) {
    const client = createHallClient({
      hello: { seat, client: `drill:${seat}`, lang: 'zh-CN' },
      connect: () => openWebSocket(socket, token, (address, protocols) => new WebSocket(address, protocols)),
      clock,
      onViolation: (violation) => console.error('contract broken:', violation),
    });
    seats.set(seat, client);
  }
  const watcher = [...seats.values()][0];
  if (!watcher) throw new Refusal(`station ${name} has no seat in the drill`);
  const seen = {
    alarms: new Map() as ReadonlyMap<string, TopicItem<'alarms'>>,
    incidents: new Map<string, { id: string; row: QueryRow<'incidents.one'> | undefined }>(),
    runs: new Map() as ReadonlyMap<string, TopicItem<'runs'>>,
    station: new Map() as ReadonlyMap<string, TopicItem<'station'>>,
    peers: new Map() as ReadonlyMap<string, TopicItem<'peers'>>,
  };
  watcher.subscribe('alarms', (items) => {
    seen.alarms = items;
  });
  watcher.subscribe('runs', (items) => {
    seen.runs = items;
  });
  const observations = createObservationMirror(watcher, (violation) => console.error('contract broken:', violation));
  observations.watchAll(() => undefined);
  watcher.subscribe('station', (items) => {
    seen.station = items;
  });
  watcher.subscribe('peers', (items) => {
    seen.peers = items;
  });

  const incident = (about: string) => seen.incidents.get(about)?.row;
  const run = (about: string) => {
    const id = seen.incidents.get(about)?.id;
    return [...seen.runs.values()].filter((each) => each.incident === id).at(-1);
  };
  const conflicts = (about: string) => [...(incident(about)?.conflicts ?? []), ...(run(about)?.conflicts ?? [])];
  const incidentScene = (about: string, { state, level }: QueryRow<'incidents.one'>): IncidentScene => ({
    ...{ state, level, run: run(about) ?? null },
    conflicts: conflicts(about).filter((conflict) => conflict.seen === null).length,
  });
  return {
    name,
    url,
    seat(wanted) {
      const client = seats.get(wanted);
      if (!client) throw new Refusal(`there is no seat ${wanted} at station ${name}`);
      return client;
    },
    follow(about, id) {
      const entry: { id: string; row: QueryRow<'incidents.one'> | undefined } = { id, row: undefined };
      seen.incidents.set(about, entry);
      watcher.query('incidents.one', { id }, (state) => {
        entry.row = state.rows?.[0];
      });
    },
    incident,
    run,
    conflicts,
    status: () => seen.station.get('it'),
    scene() {
      return {
        alarms: [...seen.alarms.values()].map((alarm) => ({
          rule: alarm.rule,
          sensor: alarm.source.id,
          level: alarm.level,
          up: alarm.state === 'unacknowledged' || alarm.state === 'acknowledged',
        })),
        incidents: Object.fromEntries(
          [...seen.incidents].flatMap(([about, { row }]) => (row ? [[about, incidentScene(about, row)]] : [])),
        ),
        sensors: Object.fromEntries(
          observations.directory().flatMap(({ id }, i) => {
            const newest = observations.at(i);
            return newest ? [[id, newest.value]] : [];
          }),
        ),
        connected: [...seen.peers.values()].some((peer) => peer.state === 'connected'),
      };
    },
    async close() {
      for (const client of seats.values()) client.close();
      if (child.exitCode !== null) return;
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), CLOSE_WITHIN_MS);
      await gone;
      clearTimeout(timer);
    },
  };
}

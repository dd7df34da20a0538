import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { heldSecond } from '../core/drills/curve.ts';
import { lastSecond } from '../core/drills/lastSecond.ts';
import type { DrillWeather, WeatherHold } from '../core/drills/script.ts';
import type { City } from '../core/places/city.ts';
import type { UnitReport } from '../core/units/unit.ts';
import { type Clock, every } from '../main/clock.ts';
import type { Devices } from './devices/devices.ts';
import { sendingsOf } from './sendings.ts';
import { createTraffic } from './traffic.ts';
import { createWeather, type Observation } from './weather.ts';

/** Unit messages a second; every unit is in one of them. Spread out, so that no second begins with all the work. */
const SLICES = 4;
/** A client that has so much unread is not sent more until it reads; its gap count tells. */
const UNREAD_LIMIT = 4 * 1024 * 1024;
/** Units set out for the drill's places at this drill second. */
const DISPATCH_SECOND = 16;

/** What the drill city is made of. */
export interface DrillCityOptions {
  city: Pick<City, 'graph' | 'units' | 'sensors'>;
  clock: Clock;
  seed: number;
  /** Where it tells, 0 for any port, and what is to be shown there; left out: any port and a secret of its own. */
  at?: { port: number; token: string };
  /** The drill it can play; null for an ordinary day. */
  script: DrillWeather | null;
  /** Holds the weather at a second, for people who play by hand. */
  hold?: WeatherHold;
  /** Tell of a part of it by themselves. */
  devices?: Pick<Devices, 'has' | 'say'>;
}

/** A city that moves, rains and floods, and tells of it over ws-json as a real source would. */
export interface DrillCity {
  readonly port: number;
  /** Where a feed connects to that tells of all of it, token included. */
  readonly url: string;
  /** The same of a feed that leaves out what the devices tell. */
  readonly restUrl: string;
  /** Begins the drill, or begins it again, at a second of it (0 when left out); when all of it has come to pass the city lives on. An ordinary day goes on as it is. */
  begin(second?: number): void;
  /** Closes every connection. */
  close(): Promise<void>;
}

/** Opens the city's own WebSocket server on loopback. */
export async function createDrillCity(options: DrillCityOptions): Promise<DrillCity> {
  const { city, clock, seed, script, devices } = options;
  const { at = { port: 0, token: randomBytes(16).toString('hex') } } = options;
  const traffic = createTraffic(city, seed);
  const weather = createWeather(city, seed, script);
  const server = new WebSocketServer({
    ...{ host: '127.0.0.1', port: at.port, path: '/telemetry', maxPayload: 1024, perMessageDeflate: false },
    verifyClient: ({ req }: { req: { url?: string | undefined } }) =>
      new URL(req.url ?? '', 'ws://localhost').searchParams.get('token') === at.token,
  });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const { port } = server.address() as AddressInfo;
  /** Clients that are told what the devices do not tell. */
  const rest = new WeakSet<WebSocket>();
  server.on('connection', (socket, { url = '' }) => {
    if (new URL(url, 'ws://localhost').searchParams.has('rest')) rest.add(socket);
    socket.on('error', () => socket.terminate());
  });

  const bornAt = clock.monotonic();
  const end = script === null ? 0 : lastSecond(script);
  const sendings = sendingsOf(script, city.sensors);
  let seq = 0;
  let beat = 0;
  let steps = 0;
  let startedAt: number | null = null;
  let endedAt: number | null = null;
  let sent = false;

  const second = (): number => (startedAt === null ? 0 : ((endedAt ?? clock.monotonic()) - startedAt) / 1000);
  const stop = () => {
    endedAt = clock.monotonic();
    traffic.release();
  };

  const broadcast = (obs: readonly Observation[], units: readonly UnitReport[]) => {
    const head = { v: 1, seq: seq++, t: clock.now() };
    const left = (id: string) => devices?.has(id) !== true;
    let all: string | undefined;
    let less: string | undefined;
    const messageOfAll = () => {
      all ??= JSON.stringify({ ...head, obs, units });
      return all;
    };
    const messageOfRest = () => {
      less ??= JSON.stringify({
        ...{ ...head, obs: obs.filter(({ sensor }) => left(sensor)), units: units.filter(({ unit }) => left(unit)) },
      });
      return less;
    };
    for (const socket of server.clients) {
      if (socket.readyState === WebSocket.OPEN && socket.bufferedAmount < UNREAD_LIMIT)
        socket.send(rest.has(socket) ? messageOfRest() : messageOfAll());
    }
  };

  const stopBeats = every(clock, 1000 / SLICES, () => {
    const slice = beat % SLICES;
    const life = (clock.monotonic() - bornAt) / 1000;
    // As many steps as seconds went by, however late the timer: where units are follows from seed and time. A machine that
    // slept does not catch up on the night.
    for (let due = Math.min(10, Math.floor(life) - steps); due > 0; due--) traffic.step();
    steps = Math.floor(life);
    const t = clock.now();
    const now = second();
    if (slice === 0 && startedAt !== null && endedAt === null) {
      if (!sent && now >= DISPATCH_SECOND) {
        sent = true;
        for (const { to, departments } of sendings) traffic.dispatch(to, departments);
      }
      if (heldSecond(now, options.hold) >= end) stop();
    }
    beat++;
    // Nobody listens: the city moves on, and nothing is written out.
    if (server.clients.size === 0 && !devices) return;
    const obs =
      slice === 0 ? weather.observations(life, startedAt === null ? null : heldSecond(now, options.hold), t) : [];
    const units = traffic.reports(slice, SLICES, t);
    broadcast(obs, units);
    devices?.say(obs, units);
  });

  const url = `ws://127.0.0.1:${port}/telemetry?token=${at.token}`;
  return {
    ...{ port, url, restUrl: `${url}&rest` },
    begin(from = 0) {
      if (script === null) return;
      startedAt = clock.monotonic() - from * 1000;
      endedAt = null;
      sent = false;
    },
    close() {
      stopBeats();
      for (const socket of server.clients) socket.terminate();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

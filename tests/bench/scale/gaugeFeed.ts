import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { gaugeId, unitId } from './city.ts';
import type { Effort } from './sizes.ts';

const TICK_MS = 20;
const RECORDS = 100;
/** What a socket may hold before a burst waits. */
const AHEAD_BYTES = 1_000_000;
const BURST_MS = 60_000;

/** A ws-json source that speaks for many gauges and units. */
export interface GaugeFeed {
  readonly url: string;
  readonly listeners: number;
  /** Records said so far. */
  readonly sent: number;
  /** Says so many values of every gauge as fast as they are taken, so that all of them have a past; fewer when that takes over a minute. */
  burst(rounds: number): Promise<void>;
  /** From now on so many gauges and units a second say something new, one after another. */
  pace(perSecond: { gauges: number; units: number }): void;
  close(): Promise<void>;
}

export async function openGaugeFeed(of: Pick<Effort, 'gauges' | 'units'>): Promise<GaugeFeed> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  await new Promise((resolve) => server.once('listening', resolve));
  let seq = 0;
  let gauge = 0;
  let unit = 0;
  let timer: NodeJS.Timeout | undefined;

  const send = (gauges: number, units: number) => {
    const t = Date.now();
    const round = (i: number, all: number) => Math.floor(i / all);
    // Below what any rule watches, and another value each time.
    const obs = Array.from({ length: gauges }, () => {
      const i = gauge++;
      return { sensor: gaugeId(i % of.gauges), t, value: 0.01 + (round(i, of.gauges) % 50) / 1000 };
    });
    const moved = Array.from({ length: units }, () => {
      const i = unit++;
      const lon = 121.9 + (round(i, of.units) % 100) * 0.0001;
      return { unit: unitId(i % of.units), t, lon, lat: 29.2, heading: 90, speed: 8, status: 'enroute' };
    });
    if (gauges + units === 0) return;
    const text = JSON.stringify({ v: 1, seq: seq++, t, obs, units: moved });
    for (const socket of server.clients) socket.send(text);
  };
  const full = () => [...server.clients].some((socket: WebSocket) => socket.bufferedAmount > AHEAD_BYTES);

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/telemetry`,
    get listeners() {
      return server.clients.size;
    },
    get sent() {
      return gauge + unit;
    },
    async burst(rounds) {
      const end = performance.now() + BURST_MS;
      for (let round = 0; round < rounds && performance.now() < end; round++) {
        for (let i = 0; i < of.gauges; i += RECORDS) send(RECORDS, 0);
        // A value is newer than the last one only if its time is.
        do await delay(2);
        while (full() && performance.now() < end);
      }
    },
    pace({ gauges, units }) {
      clearInterval(timer);
      const began = performance.now();
      const sent = { gauges: 0, units: 0 };
      timer = setInterval(() => {
        const seconds = (performance.now() - began) / 1000;
        for (; sent.gauges + RECORDS <= seconds * gauges; sent.gauges += RECORDS) send(RECORDS, 0);
        for (; sent.units + RECORDS <= seconds * units; sent.units += RECORDS) send(0, RECORDS);
      }, TICK_MS);
    },
    close() {
      clearInterval(timer);
      for (const socket of server.clients) socket.terminate();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

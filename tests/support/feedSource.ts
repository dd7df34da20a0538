import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** A city's telemetry in a test's hand: a real ws-json source that says what it is told, when it is told. */
export interface FeedSource {
  /** For OPSHALL_CITY_FEED, or a hall's `cityFeed`. */
  readonly url: string;
  /** Halls connected at present. */
  readonly listeners: number;
  /** Sends one value of a sensor. Its time moves on by `afterMs` first, by the source's own clock. */
  say(sensor: string, value: number, afterMs?: number): void;
  /** The value stands for four seconds of the source's time: longer than the drill's rules for water wait. */
  hold(sensor: string, value: number): void;
  /** Sends anything at all. */
  raw(text: string): void;
  close(): Promise<void>;
}

/** Opens a source on a free port of loopback. @param start its clock, wall ms; behind, so that a test may let it run on. */
export async function openFeedSource(start = Date.UTC(2025, 6, 1, 8)): Promise<FeedSource> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  let t = start;
  let seq = 0;
  const raw = (text: string): void => {
    for (const socket of server.clients) socket.send(text);
  };
  const say = (sensor: string, value: number, afterMs = 1000): void => {
    t += afterMs;
    raw(JSON.stringify({ v: 1, seq: seq++, t, obs: [{ sensor, t, value }] }));
  };
  return {
    url: `ws://127.0.0.1:${port}/telemetry`,
    get listeners() {
      return server.clients.size;
    },
    say,
    hold(sensor, value) {
      for (let second = 0; second <= 4; second++) say(sensor, value);
    },
    raw,
    close() {
      for (const socket of server.clients) socket.terminate();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

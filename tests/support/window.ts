import type { MethodName, Params, QueryName, QueryParams, QueryRow, Result } from '../../contract/index.ts';
import { type TopicItem, type TopicName, topics } from '../../contract/index.ts';
import { openWebSocket } from '../../contract/wire/carriers/webSocket.ts';
import { createHallClient } from '../../contract/wire/client.ts';
import type { HallClient, QueryState, Violation } from '../../contract/wire/hallClient.ts';
import { createObservationMirror, type Observation } from '../../contract/wire/observationMirror.ts';
import { systemClock } from '../../main/clock.ts';
import { inOrder } from '../../renderer/workspace/strip/noticeOrder.ts';
import { PATIENCE_MS } from './patience.ts';
import { until } from './until.ts';

type WholeStation = TopicItem<'station'> & {
  readonly feeds: readonly TopicItem<'feeds'>[];
  readonly peers: readonly TopicItem<'peers'>[];
  readonly notices: readonly TopicItem<'notices'>[];
};

/** One seat's window on a hall, without a page: the client that every page has, over a real WebSocket. */
export interface Window {
  readonly client: HallClient;
  call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>>;
  /** The first answer to a query. */
  read<Q extends QueryName>(
    query: Q,
    params: QueryParams<Q>,
  ): Promise<QueryState<Q> & { rows: readonly QueryRow<Q>[] }>;
  /** What is known of a topic now. */
  items<T extends TopicName>(topic: T): TopicItem<T>[];
  item<T extends TopicName>(topic: T, key: string): TopicItem<T> | undefined;
  /** Waits until an item of a topic is as wished, and answers it. */
  see<T extends TopicName>(
    topic: T,
    key: string,
    wished: (item: TopicItem<T>) => boolean,
    within?: number,
  ): Promise<TopicItem<T>>;
  /** What the strip shows, all of it: the station, its feeds and peers, and every notice, the gravest first. */
  station(): WholeStation | undefined;
  /** Waits until that is as wished, and answers it. */
  seeStation(wished: (station: WholeStation) => boolean, within?: number): Promise<WholeStation>;
  /** One incident, as the hall has it now. */
  incident(id: string): Promise<QueryRow<'incidents.one'> | undefined>;
  /** Waits until an incident is as wished, and answers it. */
  seeIncident(id: string, wished: (incident: QueryRow<'incidents.one'>) => boolean): Promise<QueryRow<'incidents.one'>>;
  /** The newest value of a sensor; undefined before the hall heard of it. */
  sensor(id: string): Observation | undefined;
  /** Waits until a sensor's value is as wished, and answers it. */
  seeSensor(id: string, wished: (observation: Observation) => boolean): Promise<Observation>;
  /** What the hall told that breaks the contract; a test expects none. */
  readonly violations: readonly Violation[];
  close(): void;
}

const STRIP = ['station', 'feeds', 'peers', 'notices'] as const;

/**
 * Opens a window that follows every topic and all sensors, in English, and waits until it is welcome. Close it after use.
 * @param world `live` unless told
 */
export async function openWindow(hall: { url: string; token: string }, seat: string, world?: string): Promise<Window> {
  const violations: Violation[] = [];
  const client = createHallClient({
    connect: () =>
      openWebSocket(`${hall.url.replace('http', 'ws')}/api`, hall.token, (url, protocols) => {
        return new WebSocket(url, protocols);
      }),
    hello: { seat, client: `test:${seat}`, lang: 'en', ...(world === undefined ? {} : { world }) },
    clock: systemClock(),
    backoff: { firstMs: 50, maxMs: 500 },
    onViolation: (violation) => violations.push(violation),
  });
  for (const topic of Object.keys(topics) as TopicName[]) client.subscribe(topic, () => undefined);
  const observations = createObservationMirror(client, (violation) => violations.push(violation));
  observations.watchAll(() => undefined);
  const item = <T extends TopicName>(topic: T, key: string) => client.items(topic).get(key);
  const window: Window = {
    client,
    // Nothing is measured with it: a machine that does much else may take its time.
    call: (method, params) => client.call(method, params, { timeoutMs: PATIENCE_MS }),
    read: (query, params) =>
      new Promise((resolve, reject) => {
        const stop = client.query(query, params, (state) => {
          if (state.error) reject(state.error);
          else if (state.rows !== null && state.fresh) resolve({ ...state, rows: state.rows });
          else return;
          queueMicrotask(() => stop());
        });
      }),
    items: (topic) => [...client.items(topic).values()],
    item,
    async see(topic, key, wished, within = 10_000) {
      const found = () => {
        const candidate = item(topic, key);
        return candidate !== undefined && wished(candidate) ? candidate : undefined;
      };
      try {
        return await until(found, { within, what: `${topic}/${key} at ${seat}` });
      } catch (cause) {
        const now = JSON.stringify(item(topic, key) ?? null, null, 1).slice(0, 4000);
        throw new Error(`${topic}/${key} at seat ${seat} never became as wished; it is ${now}`, { cause });
      }
    },
    station() {
      const it = item('station', 'it');
      const parts = { feeds: window.items('feeds'), peers: window.items('peers') };
      return it && { ...it, ...parts, notices: inOrder(window.items('notices')) };
    },
    async seeStation(wished, within = 10_000) {
      const found = () => {
        const now = window.station();
        return now && wished(now) ? now : undefined;
      };
      try {
        return await until(found, { within, what: `the station at ${seat}` });
      } catch (cause) {
        const now = JSON.stringify(window.station() ?? null, null, 1).slice(0, 4000);
        throw new Error(`the station at seat ${seat} never became as wished; it is ${now}`, { cause });
      }
    },
    incident: async (id) => (await window.read('incidents.one', { id })).rows[0],
    async seeIncident(id, wished) {
      let now: QueryRow<'incidents.one'> | undefined;
      const stop = client.query('incidents.one', { id }, ({ rows }) => {
        now = rows?.[0];
      });
      try {
        return await until(() => (now && wished(now) ? now : undefined), { within: 10_000, what: `${id} at ${seat}` });
      } catch (cause) {
        throw new Error(`${id} at seat ${seat} never became as wished; it is ${JSON.stringify(now)?.slice(0, 4000)}`, {
          cause,
        });
      } finally {
        stop();
      }
    },
    sensor: observations.get,
    seeSensor: (id, wished) =>
      until(
        () => {
          const newest = observations.get(id);
          return newest !== undefined && wished(newest) ? newest : undefined;
        },
        { within: 10_000, what: `sensor ${id} at ${seat}` },
      ),
    violations,
    close: () => client.close(),
  };
  await until(() => STRIP.every((topic) => client.fresh(topic)), { what: `the window of ${seat}`, within: 20_000 });
  return window;
}

import type { z } from 'zod';
import { joinContracts } from './define.ts';
import { alarms } from './features/alarms.ts';
import { cameras } from './features/cameras.ts';
import { conflicts } from './features/conflicts.ts';
import { drills } from './features/drills.ts';
import { feeds } from './features/feeds.ts';
import { incidents } from './features/incidents.ts';
import { ledger } from './features/ledger.ts';
import { log } from './features/log.ts';
import { notices } from './features/notices.ts';
import { places } from './features/places.ts';
import { plans } from './features/plans.ts';
import { rejects } from './features/rejects.ts';
import { seats } from './features/seats.ts';
import { sensors } from './features/sensors.ts';
import { setup } from './features/setup.ts';
import { shifts } from './features/shifts.ts';
import { station } from './features/station.ts';
import { sync } from './features/sync.ts';
import { units } from './features/units.ts';
import { walls } from './features/walls.ts';
import { warnings } from './features/warnings.ts';
import { windows } from './features/windows.ts';
import { worlds } from './features/worlds.ts';

/**
 * All that a window may ask for, with the right it needs and the schemas of what it takes and answers: handlers, client, topics and the table of
 * rights are typed by it and made from it. A feature adds itself to this one list.
 */
export const contract = joinContracts([
  station,
  feeds,
  notices,
  alarms,
  incidents,
  warnings,
  plans,
  conflicts,
  cameras,
  units,
  places,
  sensors,
  seats,
  walls,
  shifts,
  windows,
  worlds,
  sync,
  drills,
  ledger,
  log,
  rejects,
  setup,
]);
export const { methods, queries, topics, streams } = contract;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type Params<M extends MethodName> = z.input<Methods[M]['params']>;
export type Result<M extends MethodName> = z.infer<Methods[M]['result']>;

export type Topics = typeof topics;
export type TopicName = keyof Topics;
export type TopicItem<T extends TopicName> = z.infer<Topics[T]['item']>;

export type QueryName = keyof typeof queries;
export type QueryParams<Q extends QueryName> = z.input<(typeof queries)[Q]['params']>;
export type QueryRow<Q extends QueryName> = z.infer<(typeof queries)[Q]['row']>;

export type StreamName = keyof typeof streams;

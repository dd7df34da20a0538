import type { topics as schemas, TopicItem } from '../contract/topics.ts';
import { type Collection, createCollection, type TopicCollections } from '../contract/wire/collection.ts';
import type { Clock } from './clock.ts';

/** Telemetry is told at this pace at most; decisions are told at once. */
const CALM_MS = 500;

/** Every topic's collection, empty. */
export function createTopics(clock: Clock): TopicCollections {
  const calm = (flush: () => void) => void clock.setTimeout(flush, CALM_MS);
  const make = <T extends keyof typeof schemas>(
    name: T,
    schedule?: (flush: () => void) => void,
  ): Collection<TopicItem<T>> => createCollection<TopicItem<T>>({ name, ...(schedule ? { schedule } : {}) });
  return {
    station: make('station'),
    alarms: make('alarms'),
    incidents: make('incidents'),
    runs: make('runs'),
    observations: make('observations', calm),
    cameras: make('cameras'),
    seats: make('seats'),
    walls: make('walls'),
    windows: make('windows'),
  };
}

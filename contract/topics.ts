import type { z } from 'zod';
import type { Right } from '../core/people/right.ts';
import { AlarmView, IncidentView, RunView } from './schema/domain.ts';
import { CameraHealthView, ObservationView, SeatView, StationView, WallView, WindowView } from './schema/station.ts';

/**
 * Every topic is a keyed collection: a snapshot, then deltas `{ set, del }`, each with a version one above the last.
 * A window that sees a gap asks for the snapshot again.
 */
export const topics = {
  /** One item, key `it`. */
  station: StationView,
  alarms: AlarmView,
  incidents: IncidentView,
  runs: RunView,
  /** Newest value of each sensor. Telemetry: coalesced, never a backlog. */
  observations: ObservationView,
  cameras: CameraHealthView,
  /** Key: seat. */
  seats: SeatView,
  /** Key: screen. */
  walls: WallView,
  /** Windows of the desktop, wanted and open, so that a workspace leaves out what stands elsewhere. Key: window id. */
  windows: WindowView,
} as const;

export type Topics = typeof topics;
export type TopicName = keyof Topics;
export type TopicItem<T extends TopicName> = z.infer<Topics[T]>;

/**
 * Binary streams. `units` takes no parameters: each payload is the newest position of all units (contract/units.ts).
 * `video` takes a camera and what the page can decode (contract/video.ts).
 */
export type BulkName = 'units' | 'video';

/** The right that following a topic needs. */
export const TOPIC_RIGHTS: { readonly [T in TopicName]: Right } = {
  station: 'hall.see',
  alarms: 'situation.see',
  incidents: 'situation.see',
  runs: 'situation.see',
  observations: 'situation.see',
  cameras: 'cameras.see',
  seats: 'hall.see',
  walls: 'hall.see',
  windows: 'hall.see',
};

/** The right that a binary stream needs. */
export const BULK_RIGHTS: { readonly [B in BulkName]: Right } = { units: 'situation.see', video: 'cameras.see' };

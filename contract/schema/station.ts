import { z } from 'zod';
import { SELECTION_KINDS } from '../../core/walls/wall.ts';
import { Id, Level, Point, Text, WallTime } from './basics.ts';

export const FeedHealth = z.object({
  id: z.string(),
  name: Text,
  state: z.enum(['connecting', 'live', 'silent', 'down']),
  since: WallTime,
  lastMessageAt: WallTime.nullable(),
  received: z.number().int(),
  perSecond: z.number(),
  rejected: z.number().int(),
  /** Messages dropped under pressure. */
  dropped: z.number().int(),
  gaps: z.number().int(),
  /** Records older than what the hall held of their sensor or unit: kept for the history only. */
  late: z.number().int(),
  /** How old the last message was when it came, by the two clocks. */
  lagMs: z.number(),
  /**
   * The source's wall clock minus ours, in ms, as the last message has it; a message that is more than a minute off is shown for
   * half a minute. Null until one came.
   */
  clockOffsetMs: z.number().nullable(),
  error: z.string().nullable(),
  /** Since when the feed is read only now and then because nearly all it sends is refused; left out while that is not so, or not for long. */
  brakedSince: WallTime.optional(),
});
export type FeedHealth = z.infer<typeof FeedHealth>;

export const PeerHealth = z.object({
  station: z.string(),
  state: z.enum(['connected', 'away']),
  since: WallTime,
  /** Own events the peer has not acknowledged yet. */
  behind: z.number().int(),
  /** The peer's wall clock minus ours, in ms; null until measured. */
  clockOffsetMs: z.number().nullable(),
});
export type PeerHealth = z.infer<typeof PeerHealth>;

/** Something a person ought to know and act on; stays until its cause is gone. */
export const Notice = z.object({
  id: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  text: Text,
  remedy: Text.nullable(),
  since: WallTime,
});
export type Notice = z.infer<typeof Notice>;

export const StationView = z.object({
  station: z.string(),
  profile: z.enum(['drill', 'empty']),
  version: z.string(),
  startedAt: WallTime,
  /**
   * online: every known peer is connected; lan: some are; alone: none of the known are; single: none is configured; refused: the hub
   * is there and does not let this station in.
   */
  link: z.enum(['single', 'online', 'lan', 'alone', 'refused']),
  /** True while somebody holds the cable out on purpose. */
  cut: z.boolean(),
  outbox: z.number().int(),
  peers: z.array(PeerHealth),
  feeds: z.array(FeedHealth),
  ledger: z.object({ events: z.number().int(), head: z.string(), recovery: z.boolean() }),
  drill: z.object({ name: Text, state: z.enum(['ready', 'running', 'ended']), second: z.number() }).nullable(),
  ffmpeg: z.object({ path: z.string(), version: z.string() }).nullable(),
  rejects: z.number().int(),
  notices: z.array(Notice),
});
export type StationView = z.infer<typeof StationView>;

/** Newest value of one sensor. */
export const ObservationView = z.object({
  sensor: z.string(),
  kind: z.string(),
  name: Text,
  unit: z.string(),
  value: z.number(),
  quality: z.enum(['good', 'doubtful', 'bad']),
  /** Measured at, by the source's clock. */
  t: WallTime,
  place: Point,
  level: Level.nullable(),
  /** The last values, oldest first, at most 120: [wall ms, value]. */
  recent: z.array(z.tuple([z.number(), z.number()])),
});
export type ObservationView = z.infer<typeof ObservationView>;

export const CameraView = z.object({
  id: z.string(),
  name: Text,
  lon: z.number(),
  lat: z.number(),
  height: z.number(),
  bearing: z.number(),
  fov: z.number(),
  range: z.number(),
});
export type CameraView = z.infer<typeof CameraView>;

export const CameraHealthView = z.object({
  camera: z.string(),
  state: z.enum(['idle', 'connecting', 'preparing', 'live', 'stale', 'gone']),
  since: WallTime,
  codec: z.string().nullable(),
  mode: z.enum(['h264', 'i420']).nullable(),
  lastFrameAt: WallTime.nullable(),
  dropped: z.number().int(),
  attempts: z.number().int(),
  /** Why it is not live: a code that the page has a sentence for, and ffmpeg's own last words. */
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
});
export type CameraHealthView = z.infer<typeof CameraHealthView>;

/** What is selected at a seat; the same in all its windows. */
export const Selection = z.object({
  kind: z.enum(SELECTION_KINDS),
  id: z.string().max(200),
  at: Point.nullable(),
});
export type Selection = z.infer<typeof Selection>;

/** One raising of an alarm, as bad as it was when somebody heard it. */
export const Heard = z.object({ alarm: Id, occurrence: z.number().int(), level: Level });
export type Heard = z.infer<typeof Heard>;

/** At most this many alarms are silenced at a time; whatever is beyond goes on sounding. */
export const MOST_HEARD = 500;

/**
 * Alarms that a seat has silenced, in all its windows. What is not among them sounds: a new alarm, one that comes back, one
 * that gets worse.
 */
export const Mute = z.object({
  heard: z.array(Heard).max(MOST_HEARD),
  /** By the hall's clock. */
  until: WallTime,
  reason: z.string().max(500),
});
export type Mute = z.infer<typeof Mute>;

/** What one seat has selected, is watching and has silenced. */
export const SeatView = z.object({
  seat: z.string(),
  selection: Selection.nullable(),
  /** Cameras on the seat's video region, in tile order. */
  cameras: z.array(z.string()).max(64),
  mute: Mute.nullable(),
});
export type SeatView = z.infer<typeof SeatView>;

export const Region = z.enum(['workspace', 'situation', 'alarms', 'detail', 'video', 'plan', 'wall']);
export type Region = z.infer<typeof Region>;

/** Windows that the desktop shell opens at one PC. */
export const DESK_WINDOWS = 16;

/** A window of the desktop: asked for by a page, or standing open in the shell. */
export const WindowView = z.object({
  id: z.string(),
  region: Region,
  seat: z.string(),
  state: z.enum(['wanted', 'open']),
});
export type WindowView = z.infer<typeof WindowView>;

/** What one wall screen shows. */
export const WallView = z.object({
  screen: z.string(),
  scene: z.enum(['situation', 'video', 'plan', 'alarms']),
  selection: Selection.nullable(),
  cameras: z.array(z.string()),
});
export type WallView = z.infer<typeof WallView>;

/** A message that was refused: kept so that somebody can look at it. */
export const RejectView = z.object({
  id: z.string(),
  at: WallTime,
  source: z.string(),
  path: z.string(),
  message: z.string(),
  remedy: z.string(),
  /** The first 500 characters of what came. */
  excerpt: z.string(),
});
export type RejectView = z.infer<typeof RejectView>;

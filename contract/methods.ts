import { z } from 'zod';
import type { Right } from '../core/people/right.ts';
import { plainText } from '../core/plainText.ts';
import { Id, Level, Point, WallTime } from './schema/basics.ts';
import { IncidentNote, PlanOffer, TimelineEntry } from './schema/domain.ts';
import { SeatName } from './schema/seat.ts';
import {
  CameraView,
  DESK_WINDOWS,
  Heard,
  MOST_HEARD,
  Region,
  RejectView,
  Selection,
  WallView,
} from './schema/station.ts';

const None = z.object({});
const Done = z.object({});
/** A list in pages: from the `from`th entry on (the first, when left out); `next` is where the rest begins, null at the end. */
const From = z.object({ from: z.number().int().nonnegative().optional() });
const Next = z.number().int().nullable();
const Reason = plainText.trim().min(1).max(500);

function method<P extends z.ZodType, R extends z.ZodType>(right: Right, params: P, result: R) {
  return { right, params, result };
}

/** Every method a window may call, with the right it needs and the schema of what it takes and answers. The one list: handlers and client are typed by it. */
export const methods = {
  'alarms.acknowledge': method('alarms.acknowledge', z.object({ alarm: Id }), Done),
  'alarms.shelve': method(
    'alarms.shelve',
    z.object({ alarm: Id, minutes: z.number().int().min(1).max(1440), reason: Reason }),
    Done,
  ),
  'alarms.unshelve': method('alarms.shelve', z.object({ alarm: Id }), Done),

  /** Makes an alarm an incident, or answers the one it already is; a closed one is followed by another while the alarm is up (A8). */
  'incidents.open': method('incidents.open', z.object({ alarm: Id }), z.object({ incident: z.string() })),
  'incidents.setLevel': method('incidents.level', z.object({ incident: Id, level: Level, reason: Reason }), Done),
  'incidents.note': method('incidents.note', z.object({ incident: Id, text: plainText.trim().min(1).max(2000) }), Done),
  /** Notes before the `before`th, newest last, as many as fit an answer; `from` is the index of the first of them. */
  'incidents.notes': method(
    'situation.see',
    z.object({ incident: Id, before: z.number().int().nonnegative() }),
    z.object({ notes: z.array(IncidentNote), from: z.number().int().nonnegative() }),
  ),
  'incidents.close': method('incidents.close', z.object({ incident: Id, reason: Reason }), Done),

  'plans.offer': method('plans.launch', z.object({ incident: Id }), z.object({ plans: z.array(PlanOffer) })),
  'runs.launch': method(
    'plans.launch',
    z.object({ incident: Id, plan: Id, version: z.number().int() }),
    z.object({ run: z.string() }),
  ),
  'runs.acknowledge': method('steps.act', z.object({ run: Id, step: Id }), Done),
  'runs.start': method('steps.act', z.object({ run: Id, step: Id }), Done),
  'runs.finish': method('steps.act', z.object({ run: Id, step: Id, note: plainText.max(2000).optional() }), Done),
  'runs.skip': method('steps.act', z.object({ run: Id, step: Id, reason: Reason }), Done),
  'runs.decide': method('steps.act', z.object({ run: Id, step: Id, option: Id }), Done),
  /** Ends the run and closes its incident. `force` skips what is still open, with the reason. */
  'runs.allClear': method('runs.end', z.object({ run: Id, reason: Reason, force: z.boolean().optional() }), Done),
  /** A page from the `from`th line on (the first, when left out); `next` is where the rest begins, null at the end. */
  'runs.timeline': method(
    'situation.see',
    z.object({ run: Id, from: z.number().int().nonnegative().optional() }),
    z.object({ entries: z.array(TimelineEntry), next: z.number().int().nullable() }),
  ),
  /**
   * The report, or the part of a long one that begins at its `from`th character and was made at `madeAt`, as the first answer says; `next` is where the
   * rest begins, null at the end. Parts whose `chars`, the length of the whole, differ are of two reports.
   */
  'runs.report': method(
    'runs.report',
    z.object({
      run: Id,
      lang: z.enum(['zh-CN', 'en']),
      from: z.number().int().nonnegative().optional(),
      madeAt: WallTime.optional(),
    }),
    z.object({
      name: z.string(),
      html: z.string(),
      madeAt: WallTime,
      chars: z.number().int(),
      next: z.number().int().nullable(),
    }),
  ),

  /** A person has seen the conflict; it leaves the screen and stays in the ledger. */
  'conflicts.seen': method('conflicts.mark', z.object({ subject: Id, conflict: z.string().max(500) }), Done),

  'cameras.list': method('cameras.see', From, z.object({ cameras: z.array(CameraView), next: Next })),
  /** Cameras ranked for a place: those that see it first. */
  'cameras.seeing': method(
    'cameras.see',
    Point.extend({ n: z.number().int().min(1).max(64) }),
    z.object({
      cameras: z.array(z.object({ camera: z.string(), sees: z.boolean(), distance: z.number(), offAxis: z.number() })),
    }),
  ),
  /** Drill only: makes a drill camera vanish or come back. */
  'cameras.setGone': method('drill.run', z.object({ camera: Id, gone: z.boolean() }), Done),

  /** Every unit, in the order of the `units` stream's indices. */
  'units.directory': method(
    'situation.see',
    From,
    z.object({
      next: Next,
      units: z.array(z.object({ id: z.string(), callSign: z.string(), department: z.string(), kind: z.string() })),
    }),
  ),

  'seat.select': method('seat.use', z.object({ selection: Selection.nullable() }), Done),
  'seat.watch': method('seat.use', z.object({ cameras: z.array(Id).max(64) }), Done),
  /** Silences alarms that have been heard, for two minutes, in every window of the seat. */
  'seat.mute': method('seat.use', z.object({ heard: z.array(Heard).min(1).max(MOST_HEARD), reason: Reason }), Done),
  'seat.unmute': method('seat.use', None, Done),
  'wall.show': method('walls.show', WallView.extend({ screen: Id.max(100), cameras: z.array(Id).max(64) }), Done),

  /** Asks the desktop shell to open a region in its own window; in a browser the page opens it itself. */
  'windows.open': method('windows.open', z.object({ region: Region, seat: SeatName }), Done),
  /** From the desktop shell only: which windows stand open; whatever was asked for until now is settled with it. */
  'windows.report': method(
    'windows.report',
    z.object({ open: z.array(z.object({ id: Id, region: Region, seat: SeatName })).max(DESK_WINDOWS) }),
    Done,
  ),

  /** Closes every socket between this station and its peers, and keeps them closed. */
  'link.cut': method('station.operate', None, Done),
  'link.mend': method('station.operate', None, Done),

  'drill.start': method('drill.run', None, Done),
  /** A person has read that the ledger was recovered from a damaged file. */
  'ledger.acknowledgeRecovery': method('station.operate', None, Done),
  'rejects.list': method('refusals.see', None, z.object({ rejects: z.array(RejectView) })),
  'ledger.digest': method('ledger.verify', None, z.object({ digest: z.string(), events: z.number().int() })),
} as const;

/**
 * Methods whose work or answer grows with what the hall holds. Of a window one runs at a time, when it has read what it asked
 * for before, and not without a pause.
 */
export const LONG_CALLS: ReadonlySet<string> = new Set<MethodName>([
  'incidents.notes',
  'plans.offer',
  'runs.timeline',
  'runs.report',
  'cameras.list',
  'cameras.seeing',
  'units.directory',
  'rejects.list',
  'ledger.digest',
]);

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type Params<M extends MethodName> = z.input<Methods[M]['params']>;
export type Result<M extends MethodName> = z.infer<Methods[M]['result']>;

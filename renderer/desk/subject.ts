import type { AlarmView } from '../../contract/features/alarms.ts';
import type { CameraView } from '../../contract/features/cameras.ts';
import type { IncidentView } from '../../contract/features/incidents.ts';
import type { RunView } from '../../contract/features/plans.ts';
import type { SensorEntry } from '../../contract/features/sensors.ts';
import { newestRunFirst } from './runs.ts';
import type { Selection } from './selection.ts';

/** What goes with a selection: the alarm, its incident, the run for it, and where it is. */
export interface Subject {
  readonly selection: Selection | null;
  readonly alarm: AlarmView | null;
  readonly incident: IncidentView | null;
  readonly run: RunView | null;
  readonly sensor: SensorEntry | null;
  readonly camera: CameraView | null;
  readonly at: { readonly lon: number; readonly lat: number } | null;
}

/** Where a subject is looked up. */
export interface Sources {
  /** Null for one that is not known, or not yet. */
  alarm(id: string | null | undefined): AlarmView | null;
  /** Null for one that is not known, or not yet. */
  incident(id: string | null): IncidentView | null;
  /** Null for one that is not known, or not yet. */
  run(id: string | null): RunView | null;
  /** The run of an incident that matters now; null for one that has none, and while none is known. */
  runFor(incident: string): RunView | null;
  readonly sensors: readonly SensorEntry[];
  readonly cameras: ReadonlyMap<string, CameraView>;
}

/** The run of an incident that matters now: one that is running before one that has ended, the newest first. */
export function runOf(incident: string, runs: ReadonlyMap<string, RunView>): RunView | null {
  const lines = [...runs.values()]
    .filter((run) => run.incident === incident)
    .map((run) => ({ run, launchedAt: run.launched.at, state: run.state }));
  return lines.sort(newestRunFirst)[0]?.run ?? null;
}

/** The incident that goes with a selection; null when none does. */
export function incidentIdOf(
  selection: Selection | null,
  { alarm, run }: Pick<Sources, 'alarm' | 'run'>,
): string | null {
  switch (selection?.kind) {
    case 'incident':
      return selection.id;
    case 'run':
      return run(selection.id)?.incident ?? null;
    case 'alarm':
      return alarm(selection.id)?.incident ?? null;
    default:
      return null;
  }
}

/** Follows a selection to everything that belongs to it. */
export function resolveSubject(selection: Selection | null, sources: Sources): Subject {
  const pick = <T>(map: ReadonlyMap<string, T>, id: string | null | undefined) => (id ? (map.get(id) ?? null) : null);
  const is = (kind: Selection['kind']) => (selection?.kind === kind ? selection.id : null);

  let run = sources.run(is('run'));
  let alarm = sources.alarm(is('alarm'));
  const incident = sources.incident(incidentIdOf(selection, sources));
  alarm ??= sources.alarm(incident?.alarm);
  run ??= incident ? sources.runFor(incident.id) : null;
  const sensorId = is('sensor') ?? (alarm?.source.kind === 'unit' ? undefined : alarm?.source.id);
  const sensor = sources.sensors.find(({ id }) => id === sensorId) ?? null;
  const camera = pick(sources.cameras, is('camera'));
  const own = is('sensor') ? sensor?.place : camera;
  return {
    selection,
    alarm,
    incident,
    run,
    sensor,
    camera,
    at: own ?? selection?.at ?? (is('alarm') ? alarm?.place : incident?.place) ?? null,
  };
}

/** Whether two subjects are the same things, as they are now. */
export function isSameSubject(a: Subject, b: Subject): boolean {
  const { at, ...things } = a;
  const { at: otherAt, ...others } = b;
  if (at?.lon !== otherAt?.lon || at?.lat !== otherAt?.lat) return false;
  return (Object.keys(things) as (keyof typeof things)[]).every((name) => things[name] === others[name]);
}

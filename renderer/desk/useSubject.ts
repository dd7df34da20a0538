import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { AlarmView } from '../../contract/features/alarms.ts';
import type { QueryParams } from '../../contract/index.ts';
import { type Bridge, useBridge } from '../bridge/index.ts';
import { useDesk } from './DeskProvider.tsx';
import { useDirectory } from './hallData.tsx';
import { incidentOf } from './incidents.ts';
import { knownRun } from './runs.ts';
import type { Selection } from './selection.ts';
import { incidentIdOf, isSameSubject, resolveSubject, runOf, type Sources, type Subject } from './subject.ts';

/** The newest run of an incident, which is asked for where none of those that windows are told of is. */
const lastRun = (incident: string) => ({ incident, limit: 1 });

/** Where what goes with a selection is looked up now. */
export function sourcesOf(
  bridge: Pick<Bridge, 'items' | 'known' | 'observations'>,
  cameras: Sources['cameras'],
): Sources {
  return {
    ...{ sensors: bridge.observations.directory(), cameras },
    alarm: (id) => knownAlarm(bridge, id),
    incident: (id) => incidentOf(bridge, id),
    run: (id) => knownRun(bridge, id),
    runFor: (incident) =>
      runOf(incident, bridge.items('runs')) ??
      knownRun(bridge, bridge.known('runs.list', lastRun(incident)).rows?.[0]?.id),
  };
}

/** An alarm as windows know it now: one of the queue, or one that somebody here has asked for. */
function knownAlarm(bridge: Pick<Bridge, 'items' | 'known'>, id: string | null | undefined): AlarmView | null {
  return id ? (bridge.items('alarms').get(id) ?? bridge.known('alarms.one', { id }).rows?.[0] ?? null) : null;
}

type AskedName = 'alarms.one' | 'incidents.one' | 'runs.one' | 'runs.list';
type Asked = { [Q in AskedName]: readonly [Q, QueryParams<Q>] }[AskedName];

/** What has to be asked of the hall for what goes with a selection, as far as it is known now. */
export function askedFor(bridge: Pick<Bridge, 'items' | 'known'>, selection: Selection | null): readonly Asked[] {
  const runs = bridge.items('runs');
  const asked: Asked[] = [];
  const askRun = (id: string): void => {
    if (!runs.has(id)) asked.push(['runs.one', { id }]);
  };
  if (selection?.kind === 'run') askRun(selection.id);
  if (selection?.kind === 'alarm' && !bridge.items('alarms').has(selection.id))
    asked.push(['alarms.one', { id: selection.id }]);
  const run = (id: string | null) => knownRun(bridge, id);
  const incident = incidentIdOf(selection, { alarm: (id) => knownAlarm(bridge, id), run });
  if (incident === null) return asked;
  asked.push(['incidents.one', { id: incident }]);
  if (selection?.kind === 'run' || runOf(incident, runs)) return asked;
  asked.push(['runs.list', lastRun(incident)]);
  const last = bridge.known('runs.list', lastRun(incident)).rows?.[0]?.id;
  if (last !== undefined) askRun(last);
  return asked;
}

/** Follows what goes with a selection; what is asked of the hall for it changes with what is known. Answers how to stop. */
function followSubject(bridge: Bridge, selection: Selection | null, changed: () => void): () => void {
  const open = new Map<string, () => void>();
  const look = (): void => {
    const asked = new Map(askedFor(bridge, selection).map((each) => [JSON.stringify(each), each]));
    for (const [key, [name, params]] of asked) {
      if (open.has(key)) continue;
      open.set(key, () => {}); // What is known of it is told at once, and looked at again.
      open.set(key, bridge.query(name, params, look));
    }
    for (const [key, stop] of open) {
      if (asked.has(key)) continue;
      open.delete(key);
      stop();
    }
    changed();
  };
  const stops = [
    ...(['alarms', 'runs'] as const).map((topic) => bridge.subscribe(topic, look)),
    bridge.observations.watchDirectory(changed),
  ];
  return () => {
    for (const stop of [...stops, ...open.values()]) stop();
  };
}

/** What goes with the seat's selection; the same object until something in it changes. */
export function useSubject(): Subject {
  return useSubjectOf(useDesk((desk) => desk.selection));
}

/** What goes with any selection, while the component is there; the same object until something in it changes. */
export function useSubjectOf(selection: Selection | null): Subject {
  const bridge = useBridge();
  const { cameras } = useDirectory();
  const follow = useCallback((changed: () => void) => followSubject(bridge, selection, changed), [bridge, selection]);
  const read = useMemo(() => {
    let last: Subject | null = null;
    return () => {
      const next = resolveSubject(selection, sourcesOf(bridge, cameras));
      if (last === null || !isSameSubject(last, next)) last = next;
      return last;
    };
  }, [bridge, selection, cameras]);
  return useSyncExternalStore(follow, read);
}

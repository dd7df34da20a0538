import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import type { CameraView } from '../../contract/features/cameras.ts';
import type { UnitEntry } from '../../contract/features/units.ts';
import { type Bridge, useBridge, useConnection, useTopicItem } from '../bridge/index.ts';
import { useDesk } from './DeskProvider.tsx';
import { followIncident, incidentOf } from './incidents.ts';
import { incidentIdOf, isSameSubject, resolveSubject, type Sources, type Subject } from './subject.ts';

/** What does not change while the hall runs: cameras and units by id. */
interface Directory {
  readonly cameras: ReadonlyMap<string, CameraView>;
  readonly units: ReadonlyMap<string, UnitEntry>;
}

const NOTHING: Directory = { cameras: new Map(), units: new Map() };
const DirectoryContext = createContext<Directory>(NOTHING);

/** Loads the directory whenever the hall is (again) there. */
export function DirectoryProvider({ children }: { children: ReactNode }) {
  const bridge = useBridge();
  const online = useConnection().state === 'open';
  const [directory, setDirectory] = useState(NOTHING);

  useEffect(() => {
    if (!online) return;
    let gone = false;
    const load = async () => {
      const [cameras, units] = await Promise.allSettled([
        bridge.every('cameras.list'),
        bridge.every('units.directory'),
      ]);
      if (gone) return;
      setDirectory((before) => ({
        cameras:
          cameras.status === 'fulfilled' ? new Map(cameras.value.map((camera) => [camera.id, camera])) : before.cameras,
        units: units.status === 'fulfilled' ? new Map(units.value.map((unit) => [unit.id, unit])) : before.units,
      }));
    };
    void load();
    return () => {
      gone = true;
    };
  }, [bridge, online]);

  return <DirectoryContext value={directory}>{children}</DirectoryContext>;
}

export function useDirectory(): Directory {
  return useContext(DirectoryContext);
}

/** The one item of the topic `station`; undefined until the hall has said anything. */
export function useStation() {
  return useTopicItem('station', 'it');
}

/** Where what goes with a selection is looked up now. */
export function sourcesOf(
  bridge: Pick<Bridge, 'items' | 'known' | 'observations'>,
  cameras: Sources['cameras'],
): Sources {
  return {
    ...{
      alarms: bridge.items('alarms'),
      runs: bridge.items('runs'),
      sensors: bridge.observations.directory(),
      cameras,
    },
    incident: (id) => incidentOf(bridge, id),
  };
}

/** What goes with the seat's selection; the same object until something in it changes. */
export function useSubject(): Subject {
  const bridge = useBridge();
  const selection = useDesk((desk) => desk.selection);
  const { cameras } = useDirectory();
  const follow = useCallback(
    (changed: () => void) => {
      let incident: string | null = null;
      let leave = () => {};
      const look = () => {
        const now = incidentIdOf(selection, { alarms: bridge.items('alarms'), runs: bridge.items('runs') });
        if (now !== incident) {
          incident = now;
          const left = leave;
          leave = followIncident(bridge, now, changed);
          left();
        }
        changed();
      };
      const stops = [
        ...(['alarms', 'runs'] as const).map((topic) => bridge.subscribe(topic, look)),
        bridge.observations.watchDirectory(changed),
      ];
      return () => {
        leave();
        for (const stop of stops) stop();
      };
    },
    [bridge, selection],
  );
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

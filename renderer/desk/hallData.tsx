import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { CameraView } from '../../contract/features/cameras.ts';
import type { KindRow } from '../../contract/features/places.ts';
import type { UnitEntry } from '../../contract/features/units.ts';
import type { DepartmentNames } from '../../core/people/names.ts';
import { useBridge, useConnection, useTopicItem } from '../bridge/index.ts';

/** What does not change while the hall runs, by id. */
interface Directory {
  readonly cameras: ReadonlyMap<string, CameraView>;
  readonly units: ReadonlyMap<string, UnitEntry>;
  /** What each is called in lanes and tags. */
  readonly departments: DepartmentNames;
  /** Kinds of the hall's own: `sensor:smoke`. */
  readonly kinds: ReadonlyMap<string, KindRow>;
}

const NOTHING: Directory = { cameras: new Map(), units: new Map(), departments: new Map(), kinds: new Map() };
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
      const [cameras, units, departments, kinds] = await Promise.allSettled([
        bridge.every('cameras.list'),
        bridge.every('units.directory'),
        bridge.every('seats.departments'),
        bridge.every('places.kinds'),
      ]);
      if (gone) return;
      setDirectory((before) => ({
        cameras:
          cameras.status === 'fulfilled' ? new Map(cameras.value.map((camera) => [camera.id, camera])) : before.cameras,
        units: units.status === 'fulfilled' ? new Map(units.value.map((unit) => [unit.id, unit])) : before.units,
        departments:
          departments.status === 'fulfilled'
            ? new Map(departments.value.map(({ id, short }) => [id, short]))
            : before.departments,
        kinds: kinds.status === 'fulfilled' ? new Map(kinds.value.map((kind) => [kind.id, kind])) : before.kinds,
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

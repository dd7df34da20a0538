import { useEffect, useState } from 'react';
import type { CameraView } from '../../contract/features/cameras.ts';
import type { TopicItem } from '../../contract/index.ts';
import { type Bridge, useConnection } from '../bridge/index.ts';
import { alarmPoints, cameraPoints, type Say } from './overlays/collections.ts';
import { viewCones } from './overlays/cones.ts';
import { createSensorPoints } from './overlays/sensorPoints.ts';
import type { Scene } from './scene.ts';
import { countUnits, type DepartmentCount } from './units/roster.ts';

const COUNT_MS = 2000;
/** Without a frame for this long, a note says how old the positions are. */
const SILENT_MS = 3000;

/**
 * Puts what the hall says onto the scene, past React: alarms at once, sensors and units frame by frame as they
 * come. Only counts, every two seconds, and silence make the component render.
 */
export function useHallData(
  bridge: Bridge,
  scene: Scene | null,
  say: Say,
): { cameras: readonly CameraView[]; counts: readonly DepartmentCount[]; silentSince: number | null } {
  const online = useConnection().state === 'open';
  const [cameras, setCameras] = useState<readonly CameraView[]>([]);
  const [counts, setCounts] = useState<readonly DepartmentCount[]>([]);
  const [silentSince, setSilentSince] = useState<number | null>(null);

  useEffect(() => {
    if (!scene) return;
    const alarms = bridge.subscribe('alarms', (items: ReadonlyMap<string, TopicItem<'alarms'>>) => {
      scene.setData('oh-alarms', alarmPoints(items.values(), say));
      scene.marks.setAlarms(items.values());
    });
    const points = createSensorPoints(bridge.observations, say);
    const sensors = bridge.observations.watchAll((changed) => scene.setData('oh-sensors', points.after(changed)));
    scene.setData('oh-sensors', points.after(null));
    const health = bridge.subscribe('cameras', (items: ReadonlyMap<string, TopicItem<'cameras'>>) => {
      scene.setGone(new Set([...items.values()].filter((item) => item.state === 'gone').map((item) => item.camera)));
    });
    return () => {
      for (const stop of [alarms, sensors, health]) stop();
    };
  }, [bridge, scene, say]);

  useEffect(() => {
    if (!scene) return;
    const stop = bridge.bulk('units', {}, (payload) => {
      try {
        scene.acceptUnits(payload);
      } catch (fault) {
        // A frame that is not one is dropped; the next is whole again.
        console.error('units frame refused', fault);
      }
    });
    const count = setInterval(() => setCounts(countUnits(scene.track, scene.directory())), COUNT_MS);
    const watch = setInterval(() => {
      const { receivedAt } = scene.track;
      const silence = receivedAt === null ? 0 : scene.now() - receivedAt;
      setSilentSince(silence > SILENT_MS ? Date.now() - silence : null);
    }, 1000);
    return () => {
      stop();
      clearInterval(count);
      clearInterval(watch);
    };
  }, [bridge, scene]);

  useEffect(() => {
    if (!scene || !online) return;
    let gone = false;
    bridge.every('units.directory').then(
      (units) => {
        if (gone) return;
        scene.setDirectory(units);
        setCounts(countUnits(scene.track, units));
      },
      // The connection went while asking: it is asked again when it is back.
      () => undefined,
    );
    bridge.every('cameras.list').then(
      (every) => {
        if (!gone) setCameras(every);
      },
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [bridge, scene, online]);

  useEffect(() => {
    scene?.setData('oh-cameras', cameraPoints(cameras, say));
    scene?.setData('oh-cones', viewCones(cameras));
  }, [scene, cameras, say]);

  return { cameras, counts, silentSince };
}

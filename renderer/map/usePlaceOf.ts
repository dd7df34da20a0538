import { useCallback } from 'react';
import type { CameraView } from '../../contract/features/cameras.ts';
import type { IncidentView } from '../../contract/features/incidents.ts';
import type { RunView } from '../../contract/features/plans.ts';
import type { Selection } from '../../contract/features/seats.ts';
import type { LonLat } from '../../core/places/geo.ts';
import type { Bridge } from '../bridge/index.ts';
import type { Scene } from './scene.ts';

/** Where a selected thing is: where it is now if the map knows, else where it was selected. */
export function usePlaceOf(
  bridge: Pick<Bridge, 'items' | 'observations'>,
  scene: Scene | null,
  cameras: readonly CameraView[],
  /** Those that go with what is selected. */
  incident: IncidentView | null,
  run: RunView | null,
): (selection: Selection) => LonLat | null {
  const known = incident?.id;
  const [ran, runFor] = [run?.id, run?.incident];
  const { lon, lat } = incident?.place ?? { lon: 0, lat: 0 };
  return useCallback(
    ({ kind, id, at }) => {
      switch (kind) {
        case 'alarm':
          return bridge.items('alarms').get(id)?.place ?? at;
        case 'incident':
          return id === known ? { lon, lat } : at;
        case 'run':
          return id === ran && runFor === known ? { lon, lat } : at;
        case 'sensor':
          return bridge.observations.sensor(id)?.place ?? at;
        case 'camera':
          return cameras.find((camera) => camera.id === id) ?? at;
        case 'unit': {
          const slot = scene ? scene.track.slotOf(scene.directory().findIndex((unit) => unit.id === id)) : -1;
          return scene && slot >= 0 ? scene.track.shown(slot, scene.now()) : at;
        }
        default:
          return at;
      }
    },
    [bridge, scene, cameras, known, lon, lat, ran, runFor],
  );
}

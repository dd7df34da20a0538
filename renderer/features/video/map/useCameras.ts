import { useCallback, useEffect, useMemo } from 'react';
import type { CameraView, SteeringView } from '../../../../contract/features/cameras.ts';
import { useBridge, useTopicItem } from '../../../bridge/index.ts';
import { useDesk } from '../../../desk/DeskProvider.tsx';
import { useDirectory } from '../../../desk/hallData.tsx';
import type { MapView, OnMap } from '../../../map/layer.ts';
import { collection, point, type Say } from '../../../map/overlays/collections.ts';
import { viewCones } from './cones.ts';

const SOURCES = ['oh-cameras', 'oh-cones', 'oh-cones-turned'];
const NONE: readonly string[] = [];

/** Puts the cameras onto the map, those singled out that the seat has selected or on its video region. */
export function useCameras({ scene, say, selection }: MapView): OnMap {
  const bridge = useBridge();
  const directory = useDirectory().cameras;
  const cameras = useMemo(() => [...directory.values()], [directory]);
  const seat = useDesk((desk) => desk.seat);
  const watched = useTopicItem('seats', seat)?.cameras ?? NONE;
  const selected = selection?.kind === 'camera' ? selection.id : null;

  useEffect(() => {
    scene?.setData('oh-cameras', cameraPoints(cameras, say));
  }, [scene, cameras, say]);

  useEffect(() => {
    if (!scene) return;
    let turned: ReadonlyMap<string, number> | null = null;
    return bridge.subscribe('steering', (items) => {
      const now = bearingsIn(items.values());
      // Those that stand are many, and the same whoever turns one of the others.
      if (!turned || now.size !== turned.size || [...now.keys()].some((id) => !turned?.has(id)))
        scene.setData('oh-cones', viewCones(cameras.filter(({ id }) => !now.has(id))));
      turned = now;
      scene.setNews('oh-cones-turned', () => viewCones(turnedTo(cameras, now)));
    });
  }, [bridge, scene, cameras]);

  useEffect(() => {
    scene?.setFlag('on', SOURCES, new Set(selected === null ? watched : [...watched, selected]));
  }, [scene, watched, selected]);

  useEffect(() => {
    if (!scene) return;
    return bridge.subscribe('cameras', (items) => {
      const gone = [...items.values()].filter((item) => item.state === 'gone').map((item) => item.camera);
      scene.setFlag('gone', SOURCES, new Set(gone));
    });
  }, [bridge, scene]);

  return {
    placeOf: useCallback(({ kind, id }) => (kind === 'camera' ? (directory.get(id) ?? null) : null), [directory]),
    things: () =>
      cameras.map((camera) => ({
        ...{ kind: 'camera', id: camera.id, zh: camera.name.zh, en: camera.name.en, at: camera },
      })),
  };
}

/** Where cameras look whose devices tell it. */
const bearingsIn = (items: Iterable<SteeringView>): ReadonlyMap<string, number> =>
  new Map([...items].flatMap(({ camera, bearing }) => (bearing === null ? [] : [[camera, bearing]])));

const turnedTo = (cameras: readonly CameraView[], bearings: ReadonlyMap<string, number>): CameraView[] =>
  cameras.flatMap((camera) => {
    const bearing = bearings.get(camera.id);
    return bearing === undefined ? [] : [{ ...camera, bearing }];
  });

function cameraPoints(cameras: readonly CameraView[], say: Say) {
  return collection(
    cameras.map((camera) => point(camera, { id: camera.id, title: say(camera.name), bearing: camera.bearing })),
  );
}

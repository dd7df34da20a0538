import { useCallback, useEffect, useMemo } from 'react';
import type { CameraView } from '../../../../contract/features/cameras.ts';
import { useBridge, useTopicItem } from '../../../bridge/index.ts';
import { useDesk } from '../../../desk/DeskProvider.tsx';
import { useDirectory } from '../../../desk/hallData.tsx';
import type { MapView, OnMap } from '../../../map/layer.ts';
import { collection, point, type Say } from '../../../map/overlays/collections.ts';
import { viewCones } from './cones.ts';

const SOURCES = ['oh-cameras', 'oh-cones'];
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
    scene?.setData('oh-cones', viewCones(cameras));
  }, [scene, cameras, say]);

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

function cameraPoints(cameras: readonly CameraView[], say: Say) {
  return collection(
    cameras.map((camera) => point(camera, { id: camera.id, title: say(camera.name), bearing: camera.bearing })),
  );
}

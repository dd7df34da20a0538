import { IconDeviceCctv } from '@tabler/icons-react';
import { useTopicItem } from '../../bridge/index.ts';
import { useDesk } from '../../desk/DeskProvider.tsx';
import { defineFeature } from '../../desk/feature.ts';
import type { Need } from '../../desk/layout.ts';
import { FollowIncident } from './AboutIncident.tsx';
import { CameraDetail } from './CameraDetail.tsx';
import { cameraLayers } from './map/layers.ts';
import { useCameraCommands } from './useCameraCommands.ts';
import { useSeeCameras } from './useSeeCameras.ts';
import { VideoPanel } from './VideoPanel.tsx';
import { videoDesk } from './videoDesk.ts';

/** More pictures than these want more room. */
const FEW = 4;

function useNeed(): Need {
  const seat = useDesk((desk) => desk.seat);
  const watched = useTopicItem('seats', seat)?.cameras.length ?? 0;
  return watched > FEW ? 2 : watched > 0 ? 1 : 0;
}

export default defineFeature({
  name: 'video',
  regions: [
    {
      id: 'video',
      number: 4,
      title: 'video:region',
      icon: IconDeviceCctv,
      place: 'foot-left',
      wall: 'scene',
      content: VideoPanel,
      alongside: FollowIncident,
      useNeed,
    },
  ],
  details: { camera: ({ camera }) => camera && <CameraDetail key={camera.id} camera={camera} /> },
  slice: videoDesk,
  mapLayers: cameraLayers,
  useSubjectActions({ selection }) {
    const see = useSeeCameras();
    if (selection?.kind === 'camera') return [];
    return [
      {
        ...{ id: 'cameras', order: 40, label: 'video:action.see', icon: IconDeviceCctv, keys: 'c' },
        run: () => void see(),
      },
    ];
  },
  useKeys() {
    const see = useSeeCameras();
    return [{ id: 'cameras', keys: ['c'], label: 'video:key.cameras', run: () => void see() }];
  },
  useCommands: useCameraCommands,
});

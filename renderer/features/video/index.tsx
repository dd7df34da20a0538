import { IconDeviceCctv } from '@tabler/icons-react';
import { useActions } from '../../desk/actions.ts';
import { defineFeature } from '../../desk/feature.ts';
import { CameraDetail } from './CameraDetail.tsx';
import { cameraLayers } from './map/layers.ts';
import { useCameraCommands } from './useCameraCommands.ts';
import { VideoPanel } from './VideoPanel.tsx';

export default defineFeature({
  name: 'video',
  regions: [
    { id: 'video', number: 4, title: 'video:region', icon: IconDeviceCctv, place: 'foot-left', content: VideoPanel },
  ],
  details: { camera: ({ camera }) => camera && <CameraDetail key={camera.id} camera={camera} /> },
  mapLayers: cameraLayers,
  useKeys() {
    const actions = useActions();
    return [{ id: 'cameras', keys: ['c'], label: 'video:key.cameras', run: () => void actions.seeCameras() }];
  },
  useCommands: useCameraCommands,
});

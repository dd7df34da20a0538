import { IconDeviceCctv } from '@tabler/icons-react';
import { useActions } from '../../desk/actions.ts';
import { defineFeature } from '../../desk/feature.ts';
import { CameraDetail } from './CameraDetail.tsx';
import { useCameraCommands } from './useCameraCommands.ts';
import { VideoPanel } from './VideoPanel.tsx';

export default defineFeature({
  name: 'video',
  regions: [{ id: 'video', number: 4, title: 'common:region.video', icon: IconDeviceCctv, content: VideoPanel }],
  details: { camera: ({ camera }) => camera && <CameraDetail key={camera.id} camera={camera} /> },
  useKeys() {
    const actions = useActions();
    return [{ id: 'cameras', keys: ['c'], label: 'keys:cameras', run: () => void actions.seeCameras() }];
  },
  useCommands: useCameraCommands,
});

import { IconDeviceCctv } from '@tabler/icons-react';
import { defineFeature } from '../../desk/feature.ts';
import { CameraDetail } from './CameraDetail.tsx';
import { VideoPanel } from './VideoPanel.tsx';

export default defineFeature({
  name: 'video',
  regions: [{ id: 'video', number: 4, title: 'common:region.video', icon: IconDeviceCctv, content: VideoPanel }],
  details: { camera: ({ camera }) => camera && <CameraDetail key={camera.id} camera={camera} /> },
});

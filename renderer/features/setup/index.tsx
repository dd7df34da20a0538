import { IconSettings } from '@tabler/icons-react';
import { defineFeature } from '../../desk/feature.ts';
import { SetupRegion } from './SetupRegion.tsx';

export default defineFeature({
  name: 'setup',
  regions: [{ id: 'setup', number: 9, title: 'setup:region', icon: IconSettings, content: SetupRegion }],
});

import { IconMap2 } from '@tabler/icons-react';
import { defineFeature } from '../../desk/feature.ts';
import { SituationRegion } from './SituationRegion.tsx';

export default defineFeature({
  name: 'situation',
  regions: [{ id: 'situation', number: 1, title: 'common:region.situation', icon: IconMap2, content: SituationRegion }],
});

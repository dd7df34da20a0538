import { IconSitemap } from '@tabler/icons-react';
import { defineFeature } from '../../desk/feature.ts';
import { LaunchOverDetail } from './LaunchOverDetail.tsx';
import { PlanRegion } from './PlanRegion.tsx';

export default defineFeature({
  name: 'plans',
  regions: [{ id: 'plan', number: 5, title: 'common:region.plan', icon: IconSitemap, content: PlanRegion }],
  overDetail: LaunchOverDetail,
});

import { IconSitemap } from '@tabler/icons-react';
import { useActions } from '../../desk/actions.ts';
import { defineFeature } from '../../desk/feature.ts';
import { useMay } from '../../desk/rights.ts';
import { DepartmentSteps, OtherLanes, useFirstIncident } from './DepartmentSeat.tsx';
import { LaunchOverDetail } from './LaunchOverDetail.tsx';
import { PlanRegion } from './PlanRegion.tsx';
import { useRunCommands } from './useRunCommands.ts';

export default defineFeature({
  name: 'plans',
  regions: [
    { id: 'plan', number: 5, title: 'plans:region', icon: IconSitemap, place: 'foot-right', content: PlanRegion },
  ],
  overDetail: LaunchOverDetail,
  departmentScreen: {
    region: 'plan',
    tasks: DepartmentSteps,
    beside: OtherLanes,
    besideTitle: 'plans:seat.others',
    useAbout: useFirstIncident,
  },
  useKeys() {
    const actions = useActions();
    if (!useMay().call('runs.launch')) return [];
    return [{ id: 'launch', keys: ['l'], label: 'plans:key.launch-plan', run: actions.offerPlans }];
  },
  useCommands: useRunCommands,
});

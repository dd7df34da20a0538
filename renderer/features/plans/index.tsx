import { IconSitemap } from '@tabler/icons-react';
import { defineFeature } from '../../desk/feature.ts';
import { useMay } from '../../desk/rights.ts';
import { DepartmentSteps, OtherLanes, useFirstIncident } from './DepartmentSeat.tsx';
import { LaunchOverDetail } from './LaunchOverDetail.tsx';
import { PlanRegion } from './PlanRegion.tsx';
import { planDesk } from './planDesk.ts';
import { RunsOfIncident } from './RunsOfIncident.tsx';
import { useLaunchAction } from './useLaunchAction.ts';
import { useOfferPlans } from './useOfferPlans.ts';
import { useRunCommands } from './useRunCommands.ts';

export default defineFeature({
  name: 'plans',
  regions: [
    { id: 'plan', number: 5, title: 'plans:region', icon: IconSitemap, place: 'foot-right', content: PlanRegion },
  ],
  slice: planDesk,
  useSubjectActions: useLaunchAction,
  detailSections: { incident: RunsOfIncident },
  overDetail: LaunchOverDetail,
  departmentScreen: {
    region: 'plan',
    tasks: DepartmentSteps,
    beside: OtherLanes,
    besideTitle: 'plans:seat.others',
    useAbout: useFirstIncident,
  },
  useKeys() {
    const offerPlans = useOfferPlans();
    if (!useMay().call('runs.launch')) return [];
    return [{ id: 'launch', keys: ['l'], label: 'plans:key.launch-plan', run: () => void offerPlans() }];
  },
  useCommands: useRunCommands,
});

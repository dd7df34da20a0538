import { IconSitemap } from '@tabler/icons-react';
import { useTopicValue } from '../../bridge/index.ts';
import { useSlice } from '../../desk/DeskProvider.tsx';
import { defineFeature } from '../../desk/feature.ts';
import type { Need } from '../../desk/layout.ts';
import { useMay } from '../../desk/rights.ts';
import { useSubject } from '../../desk/useSubject.ts';
import { DepartmentSteps, useFirstIncident } from './DepartmentSeat.tsx';
import { LaunchOverDetail } from './LaunchOverDetail.tsx';
import { OtherLanes } from './OtherLanes.tsx';
import { PlanRegion } from './PlanRegion.tsx';
import { planDesk } from './planDesk.ts';
import { RunsOfIncident } from './RunsOfIncident.tsx';
import { TasksOfUnit } from './TasksOfUnit.tsx';
import { useLaunchAction } from './useLaunchAction.ts';
import { useOfferPlans } from './useOfferPlans.ts';
import { useRunCommands } from './useRunCommands.ts';

/** Several runs at once want most room, so does the choice of a plan, which is read before it is launched; beside an incident without a run nothing is shown that takes any. */
function useNeed(): Need {
  const going = useTopicValue('runs', (runs) => [...runs.values()].filter(({ state }) => state === 'running').length);
  const launching = useSlice(planDesk, (plans) => plans.launchFor?.region === 'plan');
  const told = useSlice(planDesk, (plans) => plans.run) !== null;
  const { run, incident } = useSubject();
  if (launching) return 2;
  if (!told && run === null && incident !== null) return 0;
  if (going > 1) return 2;
  return going > 0 || told || run !== null ? 1 : 0;
}

export default defineFeature({
  name: 'plans',
  regions: [
    {
      id: 'plan',
      number: 5,
      title: 'plans:region',
      icon: IconSitemap,
      place: 'foot-right',
      wall: 'scene',
      content: PlanRegion,
      useNeed,
    },
  ],
  slice: planDesk,
  useSubjectActions: useLaunchAction,
  detailSections: { incident: RunsOfIncident, unit: TasksOfUnit },
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

import { IconPlayerPlay } from '@tabler/icons-react';
import { useTopic } from '../../bridge/index.ts';
import type { SubjectAction } from '../../desk/feature.ts';
import { useMay } from '../../desk/rights.ts';
import type { Subject } from '../../desk/subject.ts';
import { useOfferPlans } from './useOfferPlans.ts';

/** Launching a plan, at an incident that is open and at an alarm that has become one. */
export function useLaunchAction({ selection, alarm, incident }: Subject): readonly SubjectAction[] {
  const offerPlans = useOfferPlans();
  const may = useMay().call('runs.launch');
  const runs = useTopic('runs');
  const ofAlarm = selection?.kind === 'alarm';
  if (!may || (ofAlarm ? !alarm?.incident : incident?.state !== 'open')) return [];
  const answered = [...runs.values()].some((run) => run.incident === incident?.id && run.state === 'running');
  return [
    {
      ...{ id: 'launch', order: 30, label: 'plans:action.launch', icon: IconPlayerPlay, keys: 'l' },
      first: !ofAlarm && !answered,
      run: () => void offerPlans(),
    },
  ];
}

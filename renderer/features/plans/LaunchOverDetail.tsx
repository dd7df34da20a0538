import { useSlice } from '../../desk/DeskProvider.tsx';
import type { OverDetailProps } from '../../desk/feature.ts';
import { LaunchPanel } from './LaunchPanel.tsx';
import { planDesk } from './planDesk.ts';

/** Where the plans have a window of their own, the choice among them is made in place of the incident's detail. */
export function LaunchOverDetail({ subject, children }: OverDetailProps) {
  const { incident } = subject;
  const launchFor = useSlice(planDesk, (plans) => plans.launchFor);
  const here = incident && launchFor?.region === 'detail' && launchFor.incident === incident.id;
  return here ? <LaunchPanel incident={incident} region="detail" /> : children;
}

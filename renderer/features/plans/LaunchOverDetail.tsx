import { useDesk } from '../../desk/DeskProvider.tsx';
import type { OverDetailProps } from '../../desk/feature.ts';
import { LaunchPanel } from './LaunchPanel.tsx';

/** Where the plans have a window of their own, the choice among them is made in place of the incident's detail. */
export function LaunchOverDetail({ subject, children }: OverDetailProps) {
  const { incident } = subject;
  const launchFor = useDesk((desk) => desk.launchFor);
  const here = incident && launchFor?.region === 'detail' && launchFor.incident === incident.id;
  return here ? <LaunchPanel incident={incident} region="detail" /> : children;
}

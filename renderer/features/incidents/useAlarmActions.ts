import { IconFlag } from '@tabler/icons-react';
import { mayBecomeIncident } from '../../desk/alarmQueue.ts';
import { useSelect } from '../../desk/DeskProvider.tsx';
import type { SubjectAction } from '../../desk/feature.ts';
import { useMay } from '../../desk/rights.ts';
import type { Subject } from '../../desk/subject.ts';
import { useOpenIncident } from './useOpenIncident.ts';

/** What one does with an alarm here: make it an incident, or go to the one it became. */
export function useAlarmActions({ selection, alarm, incident }: Subject): readonly SubjectAction[] {
  const open = useOpenIncident();
  const select = useSelect();
  const may = useMay().call('incidents.open');
  if (selection?.kind !== 'alarm' || !alarm) return [];
  const mayOpen = may && mayBecomeIncident(alarm, incident ?? undefined);
  const became = alarm.incident;
  const actions: SubjectAction[] = [];
  if (mayOpen)
    actions.push({
      ...{ id: 'open', order: 10, label: 'incidents:action.open', icon: IconFlag, keys: 'enter', first: true },
      run: () => void open(alarm),
    });
  if (became !== null)
    actions.push({
      ...{ id: 'go-to-incident', order: 20, label: 'incidents:action.go-to', icon: IconFlag, first: true },
      ...(mayOpen || !may ? {} : { keys: 'enter' }),
      run: () => select({ kind: 'incident', id: became, at: null }),
    });
  return actions;
}

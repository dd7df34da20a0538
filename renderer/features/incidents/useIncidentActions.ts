import {
  IconArrowsJoin2,
  IconArrowsSplit2,
  IconFlag,
  IconFlagPlus,
  IconHandGrab,
  IconRotateClockwise,
} from '@tabler/icons-react';
import { mayBecomeIncident } from '../../desk/alarmQueue.ts';
import { useSelect } from '../../desk/DeskProvider.tsx';
import type { SubjectAction } from '../../desk/feature.ts';
import { useMay } from '../../desk/rights.ts';
import type { Subject } from '../../desk/subject.ts';
import { type Deeds, useDeeds } from './useDeeds.ts';
import { useNewIncident } from './useNewIncident.ts';
import { useOpenIncident } from './useOpenIncident.ts';

const DEEDS: Readonly<Record<keyof Deeds, Omit<SubjectAction, 'run' | 'id'>>> = {
  join: { order: 22, label: 'incidents:action.join', icon: IconArrowsJoin2, keys: 'j' },
  merge: { order: 23, label: 'incidents:action.merge', icon: IconArrowsJoin2, keys: 'm' },
  split: { order: 24, label: 'incidents:action.split', icon: IconArrowsSplit2, keys: 'm' },
  take: { order: 25, label: 'incidents:action.take', icon: IconHandGrab, keys: 'o' },
  reopen: { order: 26, label: 'incidents:action.reopen', icon: IconRotateClockwise, keys: 'o' },
};

/** What one does here with what is selected: an incident, an alarm that is one or joins one, a place where something has happened. */
export function useIncidentActions(subject: Subject): readonly SubjectAction[] {
  const { selection, alarm, incident } = subject;
  const open = useOpenIncident();
  const select = useSelect();
  const may = useMay().call('incidents.open');
  const tell = useNewIncident();
  const deeds = useDeeds(subject);
  const actions: SubjectAction[] = [];
  for (const [id, { may: can, run }] of Object.entries(deeds) as [keyof Deeds, Deeds[keyof Deeds]][])
    if (can) actions.push({ ...DEEDS[id], id, run });
  if (may && selection && ['place', 'sensor', 'camera', 'unit', 'component'].includes(selection.kind))
    actions.push({
      ...{ id: 'new', order: 46, label: 'incidents:action.new', icon: IconFlagPlus, keys: 'n', run: tell },
    });
  if (selection?.kind !== 'alarm' || !alarm) return actions;
  const mayOpen = may && mayBecomeIncident(alarm, incident ?? undefined);
  const became = alarm.incident;
  if (mayOpen)
    actions.push({
      ...{
        id: 'open',
        order: 10,
        label: became === null ? 'incidents:action.open' : 'incidents:action.open-anew',
        icon: IconFlag,
        keys: 'enter',
        first: true,
      },
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

import { IconBellCheck, IconFlag } from '@tabler/icons-react';
import { useQuery } from '../../bridge/index.ts';
import type { SubjectAction } from '../../desk/feature.ts';
import { useMay } from '../../desk/rights.ts';
import type { Subject } from '../../desk/subject.ts';
import { useDeeds } from './useDeeds.ts';

/** What one does with the warning that is selected. */
export function useWarningActions({ selection }: Subject): readonly SubjectAction[] {
  const id = selection?.kind === 'warning' ? selection.id : null;
  const warning = useQuery('warnings.one', id === null ? null : { id }).rows?.[0];
  const deeds = useDeeds();
  const may = useMay();
  if (warning === undefined || warning.id !== id) return [];
  const actions: SubjectAction[] = [];
  if (warning.waits && may.call('warnings.acknowledge'))
    actions.push({
      ...{
        id: 'warning-acknowledge',
        order: 8,
        label: 'warnings:action.acknowledge',
        icon: IconBellCheck,
        first: true,
      },
      run: () => void deeds.acknowledge(warning),
    });
  if (may.call('warnings.openIncident') || warning.incident !== null)
    actions.push({
      ...{ id: 'warning-incident', order: 12, icon: IconFlag, first: true },
      label: warning.incident === null ? 'warnings:action.incident' : 'warnings:action.go-to',
      run: () => void deeds.become(warning),
    });
  return actions;
}

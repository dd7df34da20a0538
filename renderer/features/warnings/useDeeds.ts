import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WarningRow } from '../../../contract/features/warnings.ts';
import { useAct } from '../../desk/act.ts';
import { useActions } from '../../desk/actions.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';

type Warned = Pick<WarningRow, 'id' | 'at' | 'incident'>;

/** What a person does with a warning. */
export interface Deeds {
  /** Selects it: detail and map go with the selection. */
  choose(warning: Warned): void;
  /** Brings the map to it. */
  show(warning: Warned): void;
  acknowledge(warning: Warned): Promise<void>;
  /** Makes it an incident, and selects that; the one it is already. */
  become(warning: Warned): Promise<void>;
}

export function useDeeds(): Deeds {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const { act } = useAct();
  const { focusRegion } = useActions();
  const choose = useCallback(({ id, at }: Warned) => desk.getState().select({ kind: 'warning', id, at }), [desk]);
  return useMemo(() => {
    const about = ({ id }: Warned) => ({ place: 'detail' as const, about: { kind: 'warning' as const, id, at: null } });
    return {
      choose,
      show(warning) {
        choose(warning);
        if (warning.at === null) desk.getState().say(t('warnings:no-outline'));
        else focusRegion('situation');
      },
      async acknowledge(warning) {
        await act('warnings.acknowledge', { warning: warning.id }, about(warning));
      },
      async become(warning) {
        const answer = await act('warnings.openIncident', { warning: warning.id }, about(warning));
        if (answer) desk.getState().select({ kind: 'incident', id: answer.incident, at: warning.at });
      },
    };
  }, [t, desk, act, choose, focusRegion]);
}

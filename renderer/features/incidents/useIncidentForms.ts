import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Level } from '../../../contract/schema/basics.ts';
import { useActions } from '../../desk/actions.ts';
import type { Command } from '../../desk/command.ts';
import { useDrafts } from '../../desk/DraftsProvider.tsx';
import { draftKey } from '../../desk/drafts.ts';
import { useMay } from '../../desk/rights.ts';
import { useSubject } from '../../desk/useSubject.ts';
import { useWhatAndWhere } from '../../desk/words.ts';

const LEVELS: readonly Level[] = [1, 2, 3, 4];

/** What asks for a reason about the selected incident and has no key of its own: its end, another level. */
export function useIncidentForms(): readonly Command[] {
  const { t } = useTranslation();
  const drafts = useDrafts();
  const { focusRegion } = useActions();
  const may = useMay();
  const whatAndWhere = useWhatAndWhere();
  const { incident } = useSubject();
  return useMemo(() => {
    if (incident?.state !== 'open') return [];
    const ask = (field: string, name: string, also: string): Command => ({
      ...{ id: `incident-${field}`, kind: t('common:palette.kind.action'), name, also, hint: whatAndWhere(incident) },
      run() {
        focusRegion('detail'); // The form that comes up in it takes the caret.
        drafts.open(draftKey(incident.id, field), `${name} · ${whatAndWhere(incident)}`);
      },
    });
    const level = (to: Level) =>
      ask(`level-${to}`, t('detail:incident.level-why', { level: t(`common:level.long.${to}`) }), 'set level');
    return [
      ...(may.call('incidents.close') ? [ask('close', t('detail:incident.close'), 'close')] : []),
      ...(may.call('incidents.setLevel') ? LEVELS.filter((to) => to !== incident.level).map(level) : []),
    ];
  }, [t, drafts, focusRegion, may, whatAndWhere, incident]);
}

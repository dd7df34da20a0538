import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentRow, IncidentView } from '../../../contract/features/incidents.ts';
import { useBridge } from '../../bridge/index.ts';
import { useActions } from '../../desk/actions.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { useDirectory } from '../../desk/hallData.tsx';
import { keyOf } from '../../desk/refusals.ts';
import { incidentIdOf } from '../../desk/subject.ts';
import { sourcesOf } from '../../desk/useSubject.ts';
import { planDesk } from './planDesk.ts';

/** Puts plans on offer for the selected incident. */
export function useOfferPlans(): () => Promise<void> {
  const { t } = useTranslation();
  const client = useBridge();
  const desk = useDeskStore();
  const { cameras } = useDirectory();
  const { subject, isHere, focusRegion } = useActions();

  return useCallback(async () => {
    const say = (text: string) => desk.getState().say(text);
    /** The incident that goes with the selection, also when it has only just been selected; else the only one that is open. */
    const incidentToAnswer = async (): Promise<IncidentView | IncidentRow | undefined> => {
      const { selection } = desk.getState();
      const id = incidentIdOf(selection, sourcesOf(client, cameras));
      const known = subject().incident;
      // What nobody here knows is asked of the hall, and not later, when it is back: the person is elsewhere by then.
      if (known || client.connection().state !== 'open') return known ?? undefined;
      const selected = id === null ? undefined : (await client.page('incidents.one', { id })).rows[0];
      if (selected) return selected;
      const { rows } = await client.page('incidents.list', { state: 'open', limit: 2 });
      return rows.length === 1 ? rows[0] : undefined;
    };

    const where = { place: 'plan', about: desk.getState().selection };
    desk.getState().heed(keyOf('plans.offer', where));
    const chosen = await incidentToAnswer().catch((error) => {
      desk.getState().refuse('plans.offer', { ...where, why: error });
      return null;
    });
    if (chosen === null) return;
    if (!chosen) return say(t('plans:incident-first'));
    if (chosen.state === 'closed') return say(t('plans:incident-closed'));
    // Where the plans have a window of their own, the choice is made in the detail of this one.
    const region = isHere('plan') ? 'plan' : isHere('detail') ? 'detail' : null;
    if (region === null) return say(t('plans:elsewhere'));
    const { lon, lat } = chosen.place;
    if (region === 'detail' && subject().incident?.id !== chosen.id)
      desk.getState().select({ kind: 'incident', id: chosen.id, at: { lon, lat } });
    desk.getState().setIn(planDesk, { launchFor: { incident: chosen.id, region } });
    focusRegion(region);
  }, [t, client, desk, cameras, subject, isHere, focusRegion]);
}

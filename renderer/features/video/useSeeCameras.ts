import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useActions } from '../../desk/actions.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { unitPlace } from '../../desk/placeNow.ts';
import { SaidHere } from '../../ui/ErrorNote.tsx';
import { videoDesk } from './videoDesk.ts';

/** How many cameras the key C opens. */
const OPENED = 4;

/** Shows the cameras that see the selected place on the video region. */
export function useSeeCameras(): () => Promise<void> {
  const { t } = useTranslation();
  const bridge = useBridge();
  const desk = useDeskStore();
  const { act } = useAct();
  const { subject, isHere } = useActions();
  return useCallback(async () => {
    const say = (text: string) => desk.getState().say(text);
    const { selection, incident, at: chosenAt } = subject();
    // It has driven on since it was selected.
    const at = (selection?.kind === 'unit' && (await unitPlace(bridge, selection.id))) || chosenAt;
    if (!at) return say(t('video:select-place-first'));
    const where = { place: 'video', about: selection };
    const answer = await act('cameras.seeing', { lon: at.lon, lat: at.lat, n: OPENED }, where);
    if (!answer) return;
    if (answer.cameras.length === 0) {
      // The pictures that stand there are of another place.
      return desk.getState().refuse('cameras.seeing', { ...where, why: new SaidHere('video:none-sees-it') });
    }
    await act('seat.watch', { cameras: answer.cameras.map((seen) => seen.camera) }, where);
    desk.getState().setIn(videoDesk, { about: incident?.id ?? null });
    if (!isHere('video')) say(t('video:elsewhere', { count: answer.cameras.length }));
  }, [t, bridge, desk, act, subject, isHere]);
}

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmView } from '../../contract/features/alarms.ts';
import type { IncidentRow, IncidentView } from '../../contract/features/incidents.ts';
import type { Region } from '../../contract/features/windows.ts';
import { LIVE } from '../../contract/features/worlds.ts';
import { useBridge } from '../bridge/index.ts';
import { useErrorText } from '../ui/ErrorNote.tsx';
import { useAct } from './act.ts';
import { alarmQueue } from './alarmQueue.ts';
import { useDeskStore } from './DeskProvider.tsx';
import type { PanelRegion } from './desk.ts';
import { useFeatures } from './FeaturesProvider.tsx';
import { useDirectory } from './hallData.tsx';
import { regionAddress } from './route.ts';
import { incidentIdOf, resolveSubject, type Subject } from './subject.ts';
import { sourcesOf } from './useSubject.ts';
import { standsElsewhere } from './windows.ts';

/** How many cameras the key C opens. */
const CAMERAS_OPENED = 4;

/** What keys, buttons and the palette of more than one feature can do, in one place. */
export interface Actions {
  /** Makes the selected alarm an incident and selects it. */
  openIncident(alarm?: AlarmView): Promise<void>;
  /** The cameras that see the selected place, on the video region. */
  seeCameras(): Promise<void>;
  /** Puts plans on offer for the selected incident. */
  offerPlans(): Promise<void>;
  /** Opens a region in a window of its own. */
  tearOff(region: PanelRegion): Promise<void>;
  /** Opens another seat's screen in a window of its own. */
  openSeat(seat: string): void;
  /** Gives a region the attention, in whichever window of the seat it stands. */
  focusRegion(region: PanelRegion): void;
  focusSearch(): void;
  /** What the keys would act on now. */
  subject(): Subject;
}

export function useActions(): Actions {
  const { t } = useTranslation();
  const client = useBridge();
  const desk = useDeskStore();
  const { act } = useAct();
  const { cameras } = useDirectory();
  const features = useFeatures();
  const errorText = useErrorText();

  return useMemo(() => {
    const say = (text: string) => desk.getState().say({ tone: 'info', text });
    const queue = () => alarmQueue(client.items('alarms').values());
    const subject = () => resolveSubject(desk.getState().selection, sourcesOf(client, cameras));
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

    const worldId = () => client.welcome()?.world.id ?? LIVE;
    const isHere = (region: PanelRegion) => document.querySelector(`[data-region="${region}"]`) !== null;
    /** The desktop shell opens it and remembers where; a browser opens a page, with the token that lets it in. */
    const openWindow = async (region: Region, seat: string, features: string) => {
      if (client.carrier === 'port') {
        await act('windows.open', { region, seat });
        return;
      }
      const token = client.authHeaders().authorization?.replace(/^Bearer /, '') ?? null;
      const address = regionAddress(region, seat, {
        ...{ lang: desk.getState().lang, token, world: worldId() },
      });
      window.open(address, '_blank', `noopener${features === '' ? '' : `,${features}`}`);
    };

    const actions: Actions = {
      subject,
      async openIncident(given) {
        const { selection, alarm: selected } = subject();
        if (!given && selection?.kind === 'incident') return say(t('alarms:already-incident'));
        const alarm = given ?? selected ?? queue()[0];
        if (!alarm) return say(t('alarms:select-first'));
        const answer = await act('incidents.open', { alarm: alarm.id });
        if (answer) desk.getState().select({ kind: 'incident', id: answer.incident, at: point(alarm.place) });
      },
      async seeCameras() {
        const at = subject().at;
        if (!at) return say(t('video:select-place-first'));
        const answer = await act('cameras.seeing', { lon: at.lon, lat: at.lat, n: CAMERAS_OPENED });
        if (!answer) return;
        if (answer.cameras.length === 0) return say(t('video:none-sees-it'));
        await act('seat.watch', { cameras: answer.cameras.map((seen) => seen.camera) });
        if (!isHere('video')) say(t('video:elsewhere', { count: answer.cameras.length }));
      },
      async offerPlans() {
        const chosen = await incidentToAnswer().catch((error) => {
          desk.getState().say({ tone: 'error', text: errorText(error) });
          return null;
        });
        if (chosen === null) return;
        if (!chosen) return say(t('plans:incident-first'));
        if (chosen.state === 'closed') return say(t('plans:incident-closed'));
        // Where the plans have a window of their own, the choice is made in the detail of this one.
        const region = isHere('plan') ? 'plan' : isHere('detail') ? 'detail' : null;
        if (region === null) return say(t('plans:elsewhere'));
        if (region === 'detail' && subject().incident?.id !== chosen.id)
          desk.getState().select({ kind: 'incident', id: chosen.id, at: point(chosen.place) });
        desk.getState().set({ launchFor: { incident: chosen.id, region } });
        actions.focusRegion(region);
      },
      tearOff: (region) => openWindow(region, desk.getState().seat, 'popup=yes,width=1200,height=800'),
      openSeat: (seat) => void openWindow('workspace', seat, ''),
      focusRegion(region) {
        const frame = document.querySelector<HTMLElement>(`[data-region="${region}"]`);
        const words = { region: t(features.region(region).title) };
        if (frame) {
          desk.getState().set({ activeRegion: region });
          frame.focus();
        } else if (
          standsElsewhere(client.items('windows').values(), { seat: desk.getState().seat, world: worldId() }).has(
            region,
          )
        ) {
          // The shell brings the window that is there to the front.
          void openWindow(region, desk.getState().seat, '');
          say(t('common:region.raised', words));
        } else if (features.region(region).place === undefined) void actions.tearOff(region);
        else say(t('common:region.not-here', words));
      },
      focusSearch() {
        const field = document.querySelector<HTMLInputElement>('[data-region="situation"] input');
        if (field) field.focus();
        else desk.getState().set({ palette: 'open' });
      },
    };
    return actions;
  }, [act, cameras, client, desk, errorText, features, t]);
}

function point(place: { lon: number; lat: number }): { lon: number; lat: number } {
  return { lon: place.lon, lat: place.lat };
}

import { useMemo } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Region } from '../../contract/features/windows.ts';
import { LIVE } from '../../contract/features/worlds.ts';
import { useBridge } from '../bridge/index.ts';
import { useAct } from './act.ts';
import { useDeskStore } from './DeskProvider.tsx';
import type { PanelRegion } from './desk.ts';
import { useFeatures } from './FeaturesProvider.tsx';
import { useDirectory } from './hallData.tsx';
import { regionAddress } from './route.ts';
import { resolveSubject, type Subject } from './subject.ts';
import { sourcesOf } from './useSubject.ts';
import { standsElsewhere } from './windows.ts';

/** What a window does for all its features: it opens others, moves the attention, and says what the keys act on. */
export interface Actions {
  /** Opens a region in a window of its own. */
  tearOff(region: PanelRegion): Promise<void>;
  /** Opens another seat's screen in a window of its own. */
  openSeat(seat: string): void;
  /** Gives a region the attention, in whichever window of the seat it stands. */
  focusRegion(region: PanelRegion): void;
  focusSearch(): void;
  /** Shows the region's head alone, or all of it again. */
  collapse(region: PanelRegion): void;
  /** Gives the region all of the workspace, or the others their room again. */
  makeWhole(region: PanelRegion): void;
  /** Whether a region stands in this window, be it behind another. */
  isHere(region: PanelRegion): boolean;
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

  return useMemo(() => {
    const say = (text: string) => desk.getState().say(text);
    const subject = () => resolveSubject(desk.getState().selection, sourcesOf(client, cameras));

    const worldId = () => client.welcome()?.world.id ?? LIVE;
    const shown = (region: PanelRegion) => document.querySelector<HTMLElement>(`[data-region="${region}"]`);
    const isElsewhere = (region: PanelRegion) =>
      standsElsewhere(client.items('windows').values(), { seat: desk.getState().seat, world: worldId() }).has(region);
    /** Behind another at the place that they share. */
    const isBehind = (region: PanelRegion) => {
      const { place } = features.region(region);
      const others = features.regions.filter((other) => other.place === place && other.id !== region);
      return place !== undefined && !isElsewhere(region) && others.some(({ id }) => shown(id) !== null);
    };
    const isHere = (region: PanelRegion) => shown(region) !== null || isBehind(region);
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
      isHere,
      tearOff: (region) => openWindow(region, desk.getState().seat, 'popup=yes,width=1200,height=800'),
      openSeat: (seat) => void openWindow('workspace', seat, ''),
      focusRegion(region) {
        const { title, place } = features.region(region);
        const words = { region: t(title) };
        if (isHere(region)) {
          const { front, whole, collapsed } = desk.getState();
          flushSync(() =>
            desk.getState().set({
              activeRegion: region,
              ...(place ? { front: { ...front, [place]: region } } : {}),
              whole: whole === region ? whole : null,
              collapsed: collapsed.filter((each) => each !== region),
            }),
          );
          shown(region)?.focus();
        } else if (isElsewhere(region)) {
          // The shell brings the window that is there to the front.
          void openWindow(region, desk.getState().seat, '');
          say(t('common:region.raised', words));
        } else if (place === undefined) void actions.tearOff(region);
        else say(t('common:region.not-here', words));
      },
      focusSearch() {
        const field = document.querySelector<HTMLInputElement>('input[data-search]');
        if (field) field.focus();
        else desk.getState().set({ palette: 'open' });
      },
      collapse(region) {
        const { collapsed } = desk.getState();
        const without = collapsed.filter((each) => each !== region);
        desk.getState().set({ collapsed: without.length < collapsed.length ? without : [...collapsed, region] });
      },
      makeWhole(region) {
        const { whole, collapsed } = desk.getState();
        desk.getState().set({
          whole: whole === region ? null : region,
          collapsed: collapsed.filter((each) => each !== region),
        });
      },
    };
    return actions;
  }, [act, cameras, client, desk, features, t]);
}

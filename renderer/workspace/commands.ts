import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTopic } from '../bridge/index.ts';
import { useActions } from '../desk/actions.ts';
import { byRank, type Command } from '../desk/command.ts';
import { useDeskStore } from '../desk/DeskProvider.tsx';
import { useFeatures } from '../desk/FeaturesProvider.tsx';
import { LAYOUTS } from '../desk/layout.ts';
import { useSeats } from '../desk/seats.ts';
import { useSeatName } from '../desk/words.ts';
import { useLang } from '../i18n/index.ts';
import { useShortcutList } from '../keys/KeysProvider.tsx';
import { THEMES } from '../ui/theme.ts';
import { useChooseLayout } from './layout/useChooseLayout.ts';

/** Everything that has a name: what can be done, alarms, incidents, runs, cameras, sensors, windows, seats. */
export function useCommands(typed: string): readonly Command[] {
  const { t } = useTranslation();
  const { lang } = useLang();
  const seatName = useSeatName();
  const ofHall = useSeats();
  const desk = useDeskStore();
  const actions = useActions();
  const { byNumber, useCommands: useFeatureCommands } = useFeatures();
  const shortcuts = useShortcutList();
  const seats = useTopic('seats');
  const ofFeatures = useFeatureCommands(typed);
  const chooseLayout = useChooseLayout();

  return useMemo(() => {
    const kind = (name: string) => t(`common:palette.kind.${name}`);

    const doing: Command[] = shortcuts
      .filter((shortcut) => !shortcut.unlisted && shortcut.id !== 'palette' && (shortcut.enabled?.() ?? true))
      .map((shortcut) => ({
        id: `do-${shortcut.id}`,
        kind: kind('action'),
        name: t(shortcut.label, shortcut.of === undefined ? {} : { of: t(shortcut.of) }),
        also: shortcut.id,
        ...(shortcut.keys[0] === undefined ? {} : { keys: shortcut.keys[0] }),
        run: shortcut.run,
      }));
    const windows: Command[] = byNumber.map(({ id: region, title }) => ({
      id: `tear-${region}`,
      kind: kind('window'),
      name: t('common:region.tear-off-named', { region: t(title) }),
      also: region,
      run: () => void actions.tearOff(region),
    }));
    const looks: Command[] = [
      ...(desk.getState().region === 'workspace' ? LAYOUTS : []).map((layout) => ({
        id: `layout-${layout}`,
        kind: kind('look'),
        name: `${t('common:layout.title')}: ${t(`common:layout.${layout}`)}`,
        also: `layout ${layout}`,
        run: () => chooseLayout(layout),
      })),
      ...THEMES.map((theme) => ({
        id: `theme-${theme}`,
        kind: kind('look'),
        name: `${t('strip:theme.title')}: ${t(`strip:theme.${theme}`)}`,
        also: `theme ${theme}`,
        run: () => desk.getState().set({ theme }),
      })),
      {
        id: 'lang',
        kind: kind('look'),
        name: lang === 'en' ? '中文' : 'English',
        also: t('strip:language'),
        run: () => desk.getState().set({ lang: lang === 'en' ? 'zh-CN' : 'en' }),
      },
    ];
    const others: Command[] = [...new Set([...ofHall, ...[...seats.keys()].filter((seat) => seat !== 'wall')])].map(
      (seat) => ({
        id: `seat-${seat}`,
        kind: kind('seat'),
        name: t('common:palette.open-seat', { seat: seatName(seat) }),
        also: seat,
        run: () => actions.openSeat(seat),
      }),
    );
    return byRank([...doing, ...ofFeatures, ...windows, ...looks, ...others]);
  }, [t, seatName, lang, desk, actions, byNumber, shortcuts, seats, ofFeatures, chooseLayout, ofHall]);
}

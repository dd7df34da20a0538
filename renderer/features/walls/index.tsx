import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTopic } from '../../bridge/index.ts';
import { defineFeature } from '../../desk/feature.ts';
import { useMay } from '../../desk/rights.ts';
import { useWallActions } from './useWallActions.ts';
import { WallScreen } from './WallScreen.tsx';
import { WallsSheet } from './WallsSheet.tsx';
import { screensOf, wallDesk } from './wallDesk.ts';

export default defineFeature({
  name: 'walls',
  slice: wallDesk,
  // What a key says has to be true at once, in every window.
  follows: ['walls', 'screens'],
  wallScreen: WallScreen,
  overWindow: WallsSheet,
  useKeys() {
    const { push, toggleList } = useWallActions();
    const may = useMay().call('wall.show');
    return [
      ...(may ? [{ id: 'wall', keys: ['w'], label: 'walls:key.push', run: () => void push() }] : []),
      { id: 'walls', keys: ['shift+w'], label: 'walls:key.list', run: toggleList },
    ];
  },
  useCommands() {
    const { t } = useTranslation();
    const { push, clear } = useWallActions();
    const open = useTopic('screens');
    const shown = useTopic('walls');
    const may = useMay().call('wall.show');
    return useMemo(() => {
      const kind = t('common:palette.kind.action');
      const screens = may ? screensOf(open.keys(), shown.keys()) : [];
      return screens.flatMap((screen) => [
        {
          ...{ id: `wall-${screen}`, kind, name: t('walls:push', { screen }), also: 'wall push' },
          run: () => void push(screen),
        },
        ...(shown.has(screen)
          ? [
              {
                ...{ id: `wall-clear-${screen}`, kind, name: t('walls:clear', { screen }), also: 'wall clear' },
                run: () => void clear(screen),
              },
            ]
          : []),
      ]);
    }, [t, push, clear, open, shown, may]);
  },
});

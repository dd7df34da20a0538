import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTopic } from '../../bridge/index.ts';
import { useActions } from '../../desk/actions.ts';
import { defineFeature } from '../../desk/feature.ts';
import { useMay } from '../../desk/rights.ts';

export default defineFeature({
  name: 'walls',
  useKeys() {
    const actions = useActions();
    if (!useMay().call('wall.show')) return [];
    return [{ id: 'wall', keys: ['w'], label: 'walls:key.push', run: () => void actions.pushToWall() }];
  },
  useCommands() {
    const { t } = useTranslation();
    const actions = useActions();
    const walls = useTopic('walls');
    const may = useMay().call('wall.show');
    return useMemo(
      () =>
        (may ? [...walls.keys()] : []).sort().map((screen) => ({
          id: `wall-${screen}`,
          kind: t('common:palette.kind.action'),
          name: t('walls:push', { screen }),
          also: 'wall',
          run: () => void actions.pushToWall(screen),
        })),
      [t, actions, walls, may],
    );
  },
});

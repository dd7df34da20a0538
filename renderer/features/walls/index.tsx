import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTopic } from '../../bridge/index.ts';
import { defineFeature } from '../../desk/feature.ts';
import { useMay } from '../../desk/rights.ts';
import { usePushToWall } from './usePushToWall.ts';

export default defineFeature({
  name: 'walls',
  useKeys() {
    const push = usePushToWall();
    if (!useMay().call('wall.show')) return [];
    return [{ id: 'wall', keys: ['w'], label: 'walls:key.push', run: () => void push() }];
  },
  useCommands() {
    const { t } = useTranslation();
    const push = usePushToWall();
    const walls = useTopic('walls');
    const may = useMay().call('wall.show');
    return useMemo(
      () =>
        (may ? [...walls.keys()] : []).sort().map((screen) => ({
          id: `wall-${screen}`,
          kind: t('common:palette.kind.action'),
          name: t('walls:push', { screen }),
          also: 'wall',
          run: () => void push(screen),
        })),
      [t, push, walls, may],
    );
  },
});

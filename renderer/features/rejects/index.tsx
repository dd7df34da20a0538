import { IconShieldX } from '@tabler/icons-react';
import { useActions } from '../../desk/actions.ts';
import { defineFeature } from '../../desk/feature.ts';
import { useMay } from '../../desk/rights.ts';
import { Quarantine } from './Quarantine.tsx';
import { quarantineDesk } from './quarantineDesk.ts';

export default defineFeature({
  name: 'rejects',
  slice: quarantineDesk,
  regions: [{ id: 'quarantine', number: 11, title: 'rejects:region', icon: IconShieldX, content: Quarantine }],
  useKeys() {
    const actions = useActions();
    const may = useMay();
    return [
      {
        ...{ id: 'quarantine', keys: ['shift+q'], label: 'rejects:key.open' },
        enabled: () => may.query('rejects.list'),
        run: () => actions.focusRegion('quarantine'),
      },
    ];
  },
});

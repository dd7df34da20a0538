import { IconFileText } from '@tabler/icons-react';
import { useDesk } from '../../desk/DeskProvider.tsx';
import { defineFeature } from '../../desk/feature.ts';
import { DetailPanel } from './DetailPanel.tsx';

export default defineFeature({
  name: 'detail',
  regions: [
    {
      id: 'detail',
      number: 3,
      title: 'detail:region',
      icon: IconFileText,
      place: 'beside-below',
      wall: 'selected',
      content: DetailPanel,
      useNeed: () => useDesk(({ selection }) => (selection === null ? 0 : 1)),
      scroll: true,
    },
  ],
});

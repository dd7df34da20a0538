import { IconSettings } from '@tabler/icons-react';
import { useActions } from '../../desk/actions.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { useDrafts } from '../../desk/DraftsProvider.tsx';
import { draftKey } from '../../desk/drafts.ts';
import { defineFeature } from '../../desk/feature.ts';
import { useMay } from '../../desk/rights.ts';
import { SetupRegion } from './SetupRegion.tsx';
import { ADDING, setupDesk } from './setupDesk.ts';

export default defineFeature({
  name: 'setup',
  slice: setupDesk,
  regions: [{ id: 'setup', number: 9, title: 'setup:region', icon: IconSettings, content: SetupRegion }],
  useKeys() {
    const actions = useActions();
    const desk = useDeskStore();
    const drafts = useDrafts();
    const may = useMay();
    return [
      {
        ...{ id: 'setup.add-feed', keys: ['shift+f'], label: 'setup:files.key-add' },
        enabled: () => may.call('setup.save'),
        run() {
          // In whichever window of the seat the region stands, or will.
          drafts.open(draftKey(ADDING.subject, ADDING.field.feeds), '');
          desk.getState().setIn(setupDesk, { writes: null, saved: null });
          actions.focusRegion('setup');
        },
      },
    ];
  },
});

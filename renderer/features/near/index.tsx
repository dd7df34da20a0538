import { IconRadar2 } from '@tabler/icons-react';
import { defineFeature } from '../../desk/feature.ts';
import { nearLayer } from './map/layer.ts';
import { NearOverDetail } from './NearOverDetail.tsx';
import { nearDesk } from './nearDesk.ts';
import { useNear } from './useNear.ts';

export default defineFeature({
  name: 'near',
  slice: nearDesk,
  overDetail: NearOverDetail,
  mapLayers: [nearLayer],
  useSubjectActions({ at }) {
    const near = useNear();
    if (at === null) return [];
    return [{ id: 'near', order: 45, label: 'near:action.look', icon: IconRadar2, keys: 'b', run: () => void near() }];
  },
  useKeys() {
    const near = useNear();
    return [{ id: 'near', keys: ['b'], label: 'near:key.look', run: () => void near() }];
  },
});

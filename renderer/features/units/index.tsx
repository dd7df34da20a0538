import { defineFeature } from '../../desk/feature.ts';
import { UnitDetail } from './UnitDetail.tsx';

export default defineFeature({
  name: 'units',
  details: { unit: (_, selection) => <UnitDetail selection={selection} /> },
});

import type { Feature } from '../desk/feature.ts';
import alarms from './alarms/index.tsx';
import detail from './detail/index.tsx';
import incidents from './incidents/index.tsx';
import near from './near/index.tsx';
import plans from './plans/index.tsx';
import rejects from './rejects/index.tsx';
import sensors from './sensors/index.tsx';
import setup from './setup/index.tsx';
import shifts from './shifts/index.tsx';
import situation from './situation/index.tsx';
import units from './units/index.tsx';
import video from './video/index.tsx';
import walls from './walls/index.tsx';
import warnings from './warnings/index.tsx';
import worlds from './worlds/index.tsx';

/** Every feature of the windows: the one list. Their order is that of the sheet of keys and of the palette. */
export const FEATURES: readonly Feature[] = [
  alarms,
  situation,
  incidents,
  warnings,
  detail,
  video,
  sensors,
  units,
  near,
  plans,
  walls,
  shifts,
  worlds,
  setup,
  rejects,
];

import type { Feature } from '../kernel/feature.ts';
import { alarms } from './alarms/index.ts';
import { cameras } from './cameras/index.ts';
import { conflicts } from './conflicts/index.ts';
import { drills } from './drills/index.ts';
import { feeds } from './feeds/index.ts';
import { incidents } from './incidents/index.ts';
import { ledger } from './ledger/index.ts';
import { log } from './log/index.ts';
import { notices } from './notices/index.ts';
import { places } from './places/index.ts';
import { plans } from './plans/index.ts';
import { rejects } from './rejects/index.ts';
import { seats } from './seats/index.ts';
import { sensors } from './sensors/index.ts';
import { setup } from './setup/index.ts';
import { shifts } from './shifts/index.ts';
import { station } from './station/index.ts';
import { sync } from './sync/index.ts';
import { units } from './units/index.ts';
import { walls } from './walls/index.ts';
import { warnings } from './warnings/index.ts';
import { windows } from './windows/index.ts';
import { worlds } from './worlds/index.ts';

/**
 * Every feature of the hall: the one list. They start in this order and close in reverse. Drills bring a feed, so whatever hears feeds stands
 * before them; cameras end before the drill's are gone.
 */
export const FEATURES: readonly Feature[] = [
  ledger,
  log,
  rejects,
  sync,
  alarms,
  incidents,
  warnings,
  plans,
  conflicts,
  units,
  places,
  sensors,
  seats,
  walls,
  shifts,
  windows,
  worlds,
  drills,
  cameras,
  feeds,
  notices,
  setup,
  station,
];

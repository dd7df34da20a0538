import type { Painting } from './painting/compose.ts';
import { arterial } from './scene/arterial.ts';
import { bridge } from './scene/bridge.ts';
import { expressway } from './scene/expressway.ts';
import { harbour } from './scene/harbour.ts';
import { oldtown } from './scene/oldtown.ts';
import { plaza } from './scene/plaza.ts';
import { residential } from './scene/residential.ts';
import { underpassFlood } from './scene/underpassFlood.ts';
import type { SceneName } from './scenes.ts';

/** How each scene is painted. */
export const PAINTINGS: Readonly<Record<SceneName, () => Painting>> = {
  arterial,
  oldtown,
  bridge,
  harbour,
  'underpass-flood': underpassFlood,
  residential,
  plaza,
  expressway,
};

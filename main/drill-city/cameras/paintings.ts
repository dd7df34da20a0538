import type { Painting } from './painting/compose.ts';
import { arterial } from './scene/arterial.ts';
import type { SceneName } from './scenes.ts';

/** How each scene is painted. */
export const PAINTINGS: Readonly<Record<SceneName, () => Painting>> = {
  arterial,
  oldtown: arterial,
  bridge: arterial,
  harbour: arterial,
  'underpass-flood': arterial,
  residential: arterial,
  plaza: arterial,
  expressway: arterial,
};

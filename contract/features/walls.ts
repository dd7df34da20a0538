import { z } from 'zod';
import { DeclaredName } from '../../core/bodies.ts';
import { defineContract } from '../define.ts';
import { Decision, Done, Id, MapView } from '../schema/basics.ts';
import { Selection } from './seats.ts';

const Screen = Id.max(100);

/** What one wall screen shows. */
export const WallView = z.object({
  screen: z.string(),
  /** The region of the screen that is shown large, by the name under which a feature of the windows declares it. */
  scene: DeclaredName,
  selection: Selection.nullable(),
  cameras: z.array(z.string()),
  /** What the map is to look at; left out: where what is selected is. */
  view: MapView.optional(),
  /** Who pushed it. */
  shown: Decision.optional(),
});
export type WallView = z.infer<typeof WallView>;

/** A screen of the wall that windows of this hall are. */
export const ScreenView = z.object({ screen: z.string(), windows: z.number().int().positive() });
export type ScreenView = z.infer<typeof ScreenView>;

/** What the `wall` stream takes. */
export const WallStreamParams = z.object({ screen: Screen });

export const walls = defineContract({
  name: 'walls',
  methods: {
    'wall.show': {
      right: 'walls.show',
      params: WallView.omit({ shown: true }).extend({ screen: Screen, cameras: z.array(Id).max(64) }),
      result: Done,
    },
    'wall.clear': { right: 'walls.show', params: z.object({ screen: Screen }), result: Done },
  },
  topics: {
    /** Screens to which something was pushed and not cleared, on any station. Key: screen. */
    walls: {
      words: { zh: '大屏', en: 'wall screens' },
      right: 'hall.see',
      item: WallView,
      folded: true,
    },
    /** Screens that are open in windows of this hall, whether or not they show anything. Key: screen. */
    screens: { words: { zh: '打开的大屏', en: 'open wall screens' }, right: 'hall.see', item: ScreenView },
  },
  streams: {
    /** Takes {@link WallStreamParams}. It carries nothing: as long as it is open a window is that screen. */
    wall: { right: 'hall.see' },
  },
});

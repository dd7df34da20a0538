import { z } from 'zod';
import { DeclaredName } from '../../core/bodies.ts';
import { defineContract } from '../define.ts';
import { Done, Id } from '../schema/basics.ts';
import { SeatName } from '../schema/seat.ts';
import { WorldId } from './worlds.ts';

/**
 * What a window shows: `workspace`, a screen of the `wall`, or one region of the screen by the name under which a feature of the windows
 * declares it. Which there are only the page knows: it says so where it is asked for one that it does not know.
 */
export const Region = DeclaredName;
export type Region = z.infer<typeof Region>;

/** Windows that the desktop shell opens at one PC. */
export const DESK_WINDOWS = 16;

/** A window of the desktop: asked for by a page, or standing open in the shell. */
export const WindowView = z.object({
  id: z.string(),
  region: Region,
  seat: z.string(),
  /** The world it shows, or is to show. */
  world: WorldId,
  state: z.enum(['wanted', 'open']),
});
export type WindowView = z.infer<typeof WindowView>;

export const windows = defineContract({
  name: 'windows',
  methods: {
    /** Asks the desktop shell to open a region in its own window, in the world of whoever asks; in a browser the page opens it itself. */
    'windows.open': { right: 'windows.open', params: z.object({ region: Region, seat: SeatName }), result: Done },
    /** From the desktop shell only: which windows stand open; whatever was asked for until now is settled with it. */
    'windows.report': {
      right: 'windows.report',
      params: z.object({
        open: z.array(z.object({ id: Id, region: Region, seat: SeatName, world: WorldId })).max(DESK_WINDOWS),
      }),
      result: Done,
    },
  },
  topics: {
    /** Windows of the desktop, wanted and open, so that a workspace leaves out what stands elsewhere; the same in every world. Key: window id. */
    windows: { words: { zh: '窗口', en: 'windows' }, right: 'hall.see', item: WindowView },
  },
});

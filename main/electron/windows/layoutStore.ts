import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DESK_WINDOWS, Region } from '../../../contract/features/windows.ts';
import { SeatName } from '../../../contract/schema/seat.ts';
import { writeWhole } from '../../files/writeWhole.ts';
import type { Layout } from './layout.ts';

const Stored = z.object({
  version: z.literal(1),
  sets: z.record(
    z.string(),
    z.object({
      windows: z
        .array(
          z.object({
            region: z.string().max(100),
            seat: z.string().max(100),
            bounds: z.object({ x: z.number(), y: z.number(), width: z.number().min(200), height: z.number().min(150) }),
            fullscreen: z.boolean(),
          }),
        )
        .max(32),
    }),
  ),
});

/** Layouts by set of monitors, in one small file. */
export interface LayoutStore {
  get(set: string): Layout | undefined;
  save(set: string, layout: Layout): void;
}

/**
 * A file that cannot be read is said to `onBad` and begun anew, one that cannot be written is said too: a layout is not worth a
 * hall that does not open, nor a shell that ends.
 */
export function openLayoutStore(file: string, onBad: (error: unknown, doing: 'read' | 'write') => void): LayoutStore {
  const sets = new Map<string, Layout>();
  try {
    const stored = Stored.parse(JSON.parse(readFileSync(file, 'utf8'))).sets;
    for (const [set, { windows }] of Object.entries(stored)) {
      const fit = windows.filter(
        ({ seat, region }) => SeatName.safeParse(seat).success && Region.safeParse(region).success,
      );
      sets.set(set, { windows: fit.slice(0, DESK_WINDOWS) });
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') onBad(error, 'read');
  }
  return {
    get: (set) => sets.get(set),
    save(set, layout) {
      sets.set(set, layout);
      try {
        writeWhole(file, JSON.stringify({ version: 1, sets: Object.fromEntries(sets) }, null, 1));
      } catch (error) {
        onBad(error, 'write');
      }
    },
  };
}

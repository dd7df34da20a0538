import type { WindowView } from '../../contract/features/windows.ts';
import { type Collection, createCollection } from '../../contract/wire/collection.ts';
import { createFfmpeg, type NativeFfmpeg } from '../../native/ffmpeg/index.ts';
import type { HallOptions } from '../hallOptions.ts';
import { createProcessBudget, type ProcessBudget } from '../video/processBudget.ts';
import type { Worlds } from './worlds.ts';

/** What all worlds of a hall share: the machine and the folder, nothing that was decided or said. */
export interface Premises {
  /** The hall's folder: its plans, rules and scripts, what is painted once, the folders of its drills. */
  readonly hallDir: string;
  readonly ffmpeg: NativeFfmpeg;
  /** Of ffmpeg, for the cameras of all worlds. */
  readonly processes: ProcessBudget;
  readonly worlds: Worlds;
  /** The windows of this PC's desktop, in whichever worlds they are. */
  readonly deskWindows: Collection<WindowView>;
}

export async function openPremises({ dataDir }: Pick<HallOptions, 'dataDir'>, worlds: Worlds): Promise<Premises> {
  return {
    ...{ hallDir: dataDir, ffmpeg: await createFfmpeg(), worlds },
    processes: createProcessBudget(),
    deskWindows: createCollection<WindowView>({ name: 'windows' }),
  };
}

/** A child process of low priority that paints scenes and writes their loop files; see renderScenes.ts. */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { dirname } from 'node:path';
import { createFfmpeg, type FoundFfmpeg, type NativeFfmpeg } from '../../native/ffmpeg/index.ts';
import type { SceneAbilities } from './ffmpeg.ts';
import { PAINTINGS } from './paintings.ts';
import { SCENE_FORMAT, type SceneName } from './scenes.ts';

/** What the parent asks for; it sends one, and reads SceneReports until the process ends. */
export interface SceneOrder {
  readonly ffmpeg: FoundFfmpeg;
  readonly scenes: readonly { readonly scene: SceneName; readonly file: string }[];
}

/** What the child says. */
export type SceneReport =
  | { readonly kind: 'painted'; readonly scene: SceneName; readonly frame: number }
  | { readonly kind: 'written'; readonly scene: SceneName }
  | { readonly kind: 'failed'; readonly scene: SceneName; readonly why: string };

const REPORT_EVERY = 25;

async function fill(order: SceneOrder): Promise<void> {
  const ffmpeg = await createFfmpeg(order.ffmpeg);
  const abilities = await ffmpeg.abilities();
  if (!abilities) return;
  for (const { scene, file } of order.scenes) {
    try {
      // Once more where it failed: a full moment of the machine is no reason to go without a picture for good.
      await write(scene, file, ffmpeg, abilities).catch(() => write(scene, file, ffmpeg, abilities));
      report({ kind: 'written', scene });
    } catch (error) {
      report({ kind: 'failed', scene, why: error instanceof Error ? error.message : String(error) });
    }
  }
}

async function write(scene: SceneName, file: string, ffmpeg: NativeFfmpeg, abilities: SceneAbilities): Promise<void> {
  // A half-written file never has the name that is looked for.
  const unfinished = `${file}.${process.pid}.part`;
  mkdirSync(dirname(file), { recursive: true });
  const { width, height, fps, frames } = SCENE_FORMAT;
  const encoding = ffmpeg.encodeScene({ width, height, fps, output: unfinished }, abilities);
  try {
    const painting = PAINTINGS[scene]();
    for (let frame = 0; frame < frames; frame += 1) {
      painting.paint(frame);
      // The canvas paints over its own memory while ffmpeg may still be reading.
      await encoding.write(new Uint8Array(painting.canvas.data()));
      if (frame % REPORT_EVERY === 0) report({ kind: 'painted', scene, frame });
    }
    await encoding.finish();
    renameSync(unfinished, file);
  } catch (error) {
    encoding.abort();
    rmSync(unfinished, { force: true });
    throw error;
  }
}

function report(what: SceneReport): void {
  process.send?.(what);
}

setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
// Without its hall nobody wants the pictures.
process.once('disconnect', () => process.exit(1));
process.once('message', (order: SceneOrder) => {
  void fill(order).finally(() => process.disconnect());
});

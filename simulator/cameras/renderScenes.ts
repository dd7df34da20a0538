import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../../main/log.ts';
import { workerProgram } from '../../main/workerProgram.ts';
import type { FoundFfmpeg } from '../../native/ffmpeg/index.ts';
import { SCENE_FORMAT, SCENE_NAMES, type SceneName, sceneFile, sceneFolder } from './scenes.ts';
import type { SceneOrder, SceneReport } from './scenes.worker.ts';

/** How far the rendering is. */
export interface SceneProgress {
  readonly scene: SceneName;
  /** Scenes whose file is there. */
  readonly done: number;
  readonly total: number;
  /** 0…1 over all scenes. */
  readonly share: number;
}

/** What came of it. */
export interface SceneRendering {
  /** Files there at the end, those from before included. */
  readonly ready: readonly SceneName[];
  readonly failed: readonly { readonly scene: SceneName; readonly why: string }[];
  readonly cancelled: boolean;
}

interface RenderScenesOptions {
  readonly dataDir: string;
  readonly ffmpeg: FoundFfmpeg | undefined;
  readonly log: Log;
  readonly onProgress?: (progress: SceneProgress) => void;
  readonly signal?: AbortSignal;
  readonly scenes?: readonly SceneName[];
  /** The child's program, where a bundler put it elsewhere than beside this module. */
  readonly workerPath?: string;
}

/**
 * Renders the loop files that are not there yet, one after the other, in a child process of low priority. Never
 * rejects: a hall without drill pictures is a hall still. Cancelling kills the child and leaves whole files only.
 */
export async function renderDrillScenes(options: RenderScenesOptions): Promise<SceneRendering> {
  const { dataDir, log, signal } = options;
  const all = options.scenes ?? SCENE_NAMES;
  removeUnfinished(dataDir);
  const ready = all.filter((scene) => existsSync(sceneFile(dataDir, scene)));
  const missing = all.filter((scene) => !ready.includes(scene));
  const failed: { scene: SceneName; why: string }[] = [];
  const result = () => ({ ready, failed, cancelled: signal?.aborted === true });
  if (missing.length === 0 || signal?.aborted) return result();
  if (!options.ffmpeg) {
    log.warn({ scenes: missing }, 'drill cameras stay without pictures: no ffmpeg was found');
    return { ...result(), failed: missing.map((scene) => ({ scene, why: 'no ffmpeg' })) };
  }
  const child = startWorker(options.workerPath ?? workerProgram(import.meta.url, './scenes.worker.ts'));
  const cancel = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', cancel, { once: true });
  let trouble = '';
  child.stderr?.on('data', (text: Buffer) => {
    trouble = `${trouble}${text.toString()}`.slice(-2_000);
  });
  child.on('message', (said: SceneReport) => {
    if (said.kind === 'failed') {
      failed.push({ scene: said.scene, why: said.why });
      log.warn(said, 'a drill scene could not be rendered');
    }
    if (said.kind === 'written') {
      ready.push(said.scene);
      log.info({ scene: said.scene }, 'drill scene rendered');
    }
    const within = said.kind === 'painted' ? said.frame / SCENE_FORMAT.frames : 0;
    options.onProgress?.({
      scene: said.scene,
      done: ready.length,
      total: all.length,
      share: (ready.length + failed.length + within) / all.length,
    });
  });
  const order: SceneOrder = {
    ffmpeg: options.ffmpeg,
    scenes: missing.map((scene) => ({ scene, file: sceneFile(dataDir, scene) })),
  };
  child.send(order, () => {}); // a child that is already gone is heard of through its end
  const why = await ended(child);
  signal?.removeEventListener('abort', cancel);
  removeUnfinished(dataDir);
  if (!signal?.aborted) {
    for (const scene of missing) {
      if (ready.includes(scene) || failed.some((each) => each.scene === scene)) continue;
      failed.push({ scene, why: `the renderer ended early (${why}) ${trouble}`.trim() });
    }
    if (failed.length > 0) log.warn({ failed }, 'some drill scenes are missing');
  }
  return result();
}

function startWorker(path: string): ChildProcess {
  // In a packaged app the hall runs in Electron's binary, which is a Node when told so.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  return fork(path, [], { env, execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
}

function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}

/** What a renderer that is no more has left behind; the name has its process id. */
function removeUnfinished(dataDir: string): void {
  const folder = sceneFolder(dataDir);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const pid = /\.(\d+)\.part$/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

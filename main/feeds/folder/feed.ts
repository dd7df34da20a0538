import { every } from '../../clock.ts';
import type { Issue } from '../../config/issue.ts';
import { diskTroubleOf } from '../../files/trouble.ts';
import { createBrake } from '../brake.ts';
import { type CodecFault, DESCRIBED } from '../codecs/codec.ts';
import type { FeedDeps } from '../deps.ts';
import type { Feed, FeedSink } from '../feed.ts';
import { createHealth } from '../health.ts';
import { createDelivery } from '../platforms/delivery.ts';
import type { FolderConfig } from './config.ts';
import { DONE, FAILED, type Found, isSame, openInbox, type Progress } from './inbox.ts';
import { FILE_LIMITS, PORTION, type Portion, portionReader } from './portions.ts';

const TICK_MS = 500;
/** So often the folder is looked at, ms: on a share nobody tells what was dropped. */
const LOOK_MS = 1000;
/** A file that did not change for so long is whole, ms. */
const STILL_MS = 2000;
const WORK_SHARE = 0.5;
/** What is being read when the feed is stopped is waited for so long, ms. */
const PATIENCE_MS = 1000;

/** What is to be said of a file that was moved away. */
interface Verdict {
  taken: number;
  refused: number;
  faults: CodecFault[];
}

/**
 * Takes files that are dropped into a folder, each once, and moves them away (docs/protocols/folder.md).
 *
 * What a portion of a file brings is handed over in the turn in which that is written down: a hall that is killed takes nothing twice.
 */
export function createFolderFeed(config: FolderConfig, deps: FeedDeps): Feed {
  const { clock, log } = deps;
  const { id, folder, messages = [], columns } = config;
  const health = createHealth({ id, name: config.name, clock, silentAfter: config.silentAfter * 1000 });
  const measures = messages.some(({ readings }) => readings.length > 0) || (columns?.shape.readings.length ?? 0) > 0;
  const delivery = createDelivery(
    { id, devices: config.devices, crs: config.crs, secrets: [], measures },
    deps,
    health,
  );
  const read = portionReader(config, delivery.wanted);
  const brake = createBrake(clock, {
    messagesPerSecond: Math.ceil(config.maxRowsPerSecond / PORTION.rows),
    workShare: deps.workShare ?? WORK_SHARE,
  });
  const inbox = openInbox(folder, config.isOwn, config.zone);
  /** Files as they were seen first, and when, by the monotonic clock. */
  const seen = new Map<string, { file: Found; since: number; told: boolean }>();
  /** Files of which it could not be written down how far they were taken, or that could not be moved: they are not taken again. */
  const stuck = new Map<string, { file: Found; verdict: Verdict; progress: Progress }>();
  let sink: FeedSink | null = null;
  const stopped = Promise.withResolvers<void>();
  let looking: Promise<void> = Promise.resolve();
  let isUp = false;
  let cancelTick = () => {};
  let cancelLook = () => {};

  const look = async (): Promise<void> => {
    try {
      await inbox.prepare();
      const files = await inbox.list();
      // One that cannot be moved keeps the feed down until it can.
      if (!isUp && stuck.size === 0) {
        health.connected();
        isUp = true;
      }
      for (const file of settled(files)) if (sink !== null) await take(file, sink);
    } catch (error) {
      lose(error);
    }
  };

  /** Those that did not change since they were first seen so. */
  const settled = (files: readonly Found[]): Found[] => {
    const now = clock.monotonic();
    const there = new Set(files.map(({ name }) => name));
    for (const name of seen.keys()) if (!there.has(name)) seen.delete(name);
    for (const name of stuck.keys()) if (!there.has(name)) stuck.delete(name);
    for (const file of files) {
      const before = seen.get(file.name);
      if (before === undefined || !isSame(before.file, file)) seen.set(file.name, { file, since: now, told: false });
    }
    return files.filter(({ name }) => now - (seen.get(name)?.since ?? now) >= STILL_MS);
  };

  const take = async (file: Found, to: FeedSink): Promise<void> => {
    const before = stuck.get(file.name);
    const known = before && isSame(before.file, file) ? before : null;
    const { upTo: from, taken, whole } = known?.progress ?? inbox.progressOf(file);
    const verdict: Verdict = known?.verdict ?? { taken, refused: 0, faults: [] };
    if (whole) {
      away(file, verdict);
      return;
    }
    if (file.size > FILE_LIMITS[file.kind]) {
      refuse(tooLarge(FILE_LIMITS[file.kind]), file, verdict);
      return;
    }
    const bytes = await readable(file);
    // It is written to again, or is gone: the next round sees.
    if (bytes === null || sink === null) return;
    const now = Math.min(clock.now(), file.mtimeMs);
    // Whatever it holds, the hall does not end for it.
    try {
      for (const portion of read({ name: file.name, kind: file.kind, bytes, now, from })) {
        const rest = hand(file, portion, verdict, to);
        if (rest) await Promise.race([rest, stopped.promise]);
        if (sink === null) return;
        health.braked(null);
      }
    } catch (err) {
      if (!(err instanceof Error) || 'code' in err) throw err;
      log.error({ err, feed: id }, 'a file could not be read');
      refuse(UNREADABLE, file, verdict);
    }
  };

  /** Null for a file that nobody can read yet. */
  const readable = async (file: Found): Promise<Buffer | null> => {
    try {
      return await inbox.read(file);
    } catch (error) {
      const it = seen.get(file.name);
      if (it && !it.told) delivery.reject({ ...unreadable(error), excerpt: file.name });
      if (it) it.told = true;
      return null;
    }
  };

  /** Hands over what a portion brought, and writes down in the same turn that it did. Answers what has to be waited for. */
  const hand = (
    file: Found,
    { decoded, upTo, last }: Portion,
    verdict: Verdict,
    to: FeedSink,
  ): Promise<unknown> | null => {
    const began = clock.monotonic();
    const handed = delivery.hand(decoded, to);
    verdict.taken += handed.taken;
    verdict.refused += handed.refused;
    verdict.faults.push(...handed.faults.slice(0, DESCRIBED - verdict.faults.length));
    if (last) away(file, verdict);
    else note(file, verdict, { upTo, taken: verdict.taken, whole: false });
    const refused = decoded.refused > 0 && decoded.messages === 0;
    const wait = brake.took(clock.monotonic() - began, refused);
    if (!handed.slow && wait === null) return null;
    return Promise.all([handed.slow ? to.ready() : null, wait ? delivery.rest(wait) : null]);
  };

  /** Writes down how far a file is taken; where that fails it is remembered. */
  const note = (file: Found, verdict: Verdict, progress: Progress): void => {
    stuck.set(file.name, { file, verdict, progress });
    inbox.mark(file, progress);
    if (!progress.whole) stuck.delete(file.name);
  };

  const refuse = (fault: Issue, file: Found, verdict: Verdict): void => {
    health.refused();
    delivery.reject({ ...fault, excerpt: file.name });
    verdict.refused++;
    verdict.faults.push({ ...fault, excerpt: file.name });
    away(file, verdict);
  };

  /** Moves it away; where that fails it is remembered, and tried again. */
  const away = (file: Found, verdict: Verdict): void => {
    try {
      inbox.move(file, verdict.taken > 0 ? DONE : FAILED, saidOf(verdict), clock.now());
      stuck.delete(file.name);
      seen.delete(file.name);
      log.info({ feed: id, taken: verdict.taken, refused: verdict.refused }, 'a file was taken');
    } catch (error) {
      note(file, verdict, { upTo: 0, taken: verdict.taken, whole: true });
      throw error;
    }
  };

  const lose = (error: unknown): void => {
    isUp = false;
    const { because, remedy } = diskTroubleOf(error);
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? {
            zh: `没有文件夹 ${folder}，请建立它，或改正 folder`,
            en: `there is no folder ${folder}: make it, or correct \`folder\``,
          }
        : {
            zh: `无法读取 ${folder} 或移走其中的文件（${because.zh}）：${remedy.zh.replace(/。$/, '')}`,
            en: `the files in ${folder} cannot be read and moved away (${because.en}): ${remedy.en}`,
          };
    // Each round finds the same.
    if (health.view().error?.en !== why.en) log.warn({ feed: id, why: why.en }, 'feed is down');
    health.down(why, 'failed');
  };

  return {
    id,
    protocol: config.protocol,
    start(to) {
      if (sink !== null) throw new Error(`feed ${id} was started before; make a new one`);
      sink = to;
      const round = (): void => {
        looking = look().then(() => {
          if (sink !== null) cancelLook = clock.setTimeout(round, LOOK_MS);
        });
      };
      round();
      cancelTick = every(clock, TICK_MS, () => health.tick());
    },
    async stop() {
      sink = null;
      cancelTick();
      cancelLook();
      stopped.resolve();
      // A share that is gone answers nobody, and must not keep the hall from ending.
      const patience = Promise.withResolvers<void>();
      const cancel = clock.setTimeout(patience.resolve, PATIENCE_MS);
      await Promise.race([looking, patience.promise]);
      cancel();
    },
    health: () => delivery.view(),
    onState: (listener) => health.onState(listener),
  };
}

/** The sentences that lie beside a file of which something was refused. */
function saidOf({ taken, refused, faults }: Verdict): string {
  if (refused === 0 && taken > 0) return '';
  const lines = faults.flatMap(({ path, message, remedy, excerpt }) => {
    const at = path === '' ? '' : `${path}: `;
    return [excerpt, `  ${at}${message.zh}。${remedy.zh}`, `  ${at}${message.en}. ${remedy.en}`];
  });
  if (lines.length === 0)
    lines.push(
      '  其中的设备或测量项不在数据源文件的 devices 中，见“数据源”。',
      '  See Feeds: its devices, or what they measure, are not under `devices`.',
    );
  return `${[`已采用 ${taken} 条，拒收 ${refused} 条。 ${taken} taken, ${refused} refused.`, ...lines].join('\n')}\n`;
}

function tooLarge(most: number): Issue {
  return {
    path: '',
    message: { zh: `文件超过 ${most} 字节`, en: `a file of more than ${most} bytes` },
    remedy: { zh: '请分成几个较小的文件', en: 'Drop several smaller files.' },
  };
}

function unreadable(error: unknown): Issue {
  const { code = '' } = error as NodeJS.ErrnoException;
  return {
    path: '',
    message: { zh: `无法读取这个文件（${code}）`, en: `a file that cannot be read (${code})` },
    remedy: {
      zh: '请允许运行大厅服务的用户读取它，并关闭占用它的程序',
      en: 'Let the user who runs the hall read it, and close the program that holds it.',
    },
  };
}

const UNREADABLE: Issue = {
  path: '',
  message: { zh: '读取文件时发生内部错误', en: 'the hall failed to read a file' },
  remedy: { zh: '请把日志中的这一条报告给 OpsHall', en: 'Report this line of the log to the makers of OpsHall.' },
};

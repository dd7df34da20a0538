import type { FeedHealth } from '../../../contract/features/feeds.ts';
import type { Text } from '../../../core/words.ts';
import { diskTroubleOf } from '../../files/trouble.ts';
import type { FeedDeps } from '../deps.ts';
import type { Feed } from '../feed.ts';
import type { Receiver } from '../receiver.ts';
import type { Recorded } from '../recording/line.ts';
import { createPlayback, type Playback } from '../recording/playback.ts';
import type { PlayedConfig, ReplayConfig } from './config.ts';

/**
 * Plays what was recorded of a feed through that feed's own code (docs/protocols/replay.md). Nobody is connected to, and nobody answered.
 *
 * @param create makes the recorded feed, for which the recording stands in place of its source
 */
export function createReplayFeed(
  { id, name, file, speed, loop, as }: ReplayConfig,
  deps: FeedDeps,
  create: (config: PlayedConfig, played: Playback) => Feed,
): Feed {
  const { clock, log, rejects } = deps;
  const listeners = new Set<(health: FeedHealth) => void>();
  let over: { readonly why: Text; readonly since: number; readonly fault: 'closed' | 'failed' } | null = null;
  let unreadable = 0;
  const playback = createPlayback({ file, speed, loop }, clock, {
    unreadable(line) {
      if (unreadable++ > 0) rejects.count(1);
      else rejects.add({ door: 'feed', source: id, path: `${line}`, ...NO_LINE(line), excerpt: '' });
    },
    ended(error) {
      over = {
        why: error === null ? PLAYED : notRead(file, error),
        since: clock.now(),
        fault: error === null ? 'closed' : 'failed',
      };
      log.info({ feed: id, why: over.why.en }, 'a recording is at its end');
      for (const listener of listeners) listener(health());
    },
  });
  const feed = create({ ...as, id, name }, playback);
  const health = (): FeedHealth => {
    const { awaited: _, ...view } = feed.health();
    const rejected = view.rejected + unreadable;
    return over === null
      ? { ...view, rejected }
      : { ...view, rejected, state: 'down', since: over.since, fault: over.fault, error: over.why };
  };
  feed.onState(() => {
    for (const listener of listeners) listener(health());
  });

  const post = async (receiver: Receiver, { bytes }: Recorded): Promise<void> => {
    for (;;) {
      const posted = await receiver.post(Buffer.from(bytes));
      if (posted.is !== 'busy') return;
      await new Promise<void>((resolve) => void clock.setTimeout(resolve, posted.retryMs));
    }
  };

  return {
    id,
    protocol: 'replay',
    start(to) {
      feed.start(to);
      const { receiver } = feed;
      if (receiver) playback.play((message) => post(receiver, message));
    },
    async stop() {
      playback.stop();
      await feed.stop();
    },
    health,
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const PLAYED: Text = {
  zh: '录制已播放完；要重新播放，请载入一次，或写 loop: true',
  en: 'the recording is at its end; load the files to play it anew, or write `loop: true`',
};

const NO_LINE = (line: number) => ({
  message: { zh: `第 ${line} 行不是录制的报文`, en: `line ${line} is no message of a recording` },
  remedy: {
    zh: '请核对文件是否为 recordings 中的录制文件，是否被编辑或截断',
    en: 'Check that the file is one of `recordings`, and was not edited or cut off.',
  },
});

function notRead(file: string, error: NodeJS.ErrnoException): Text {
  if (error.code === 'ENOENT')
    return {
      zh: `没有录制文件 ${file}，请核对 file`,
      en: `there is no recording ${file}: check \`file\``,
    };
  const { because, remedy } = diskTroubleOf(error);
  return {
    zh: `无法读取录制文件 ${file}（${because.zh}）：${remedy.zh.replace(/。$/, '')}`,
    en: `the recording ${file} cannot be read (${because.en}): ${remedy.en}`,
  };
}

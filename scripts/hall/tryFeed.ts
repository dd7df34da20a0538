import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Text } from '../../core/words.ts';
import { visible } from '../../main/city/import/visible.ts';
import { systemClock } from '../../main/clock.ts';
import { readOwnFeeds } from '../../main/feeds/ownFeeds.ts';
import { type FeedConfig, isPosted } from '../../main/feeds/registry.ts';
import { addressText } from '../../main/feeds/transports/address.ts';
import { startTrial } from '../../main/feeds/trial.ts';
import { readHallFolder } from '../../main/kernel/hallFolder.ts';
import { readHallArguments } from '../../main/options.ts';
import { createRejects } from '../../main/rejects/rejects.ts';
import { simulatedIn } from '../../main/simulation/simulate.ts';
import { inProject, Refusal, say } from '../project.ts';
import { rawText, readingText, unitText } from './feedWords.ts';

const USAGE = 'npm run hall -- try FOLDER FEED [--count 10] [--for 60]';
/** More are a recording. */
const MOST = 10_000;

/**
 * Starts one feed of a hall's folder against its real system, without a hall, and says what comes, as it came and as the hall would take it.
 * Nothing is written. Ends after so many messages, after so many seconds, or by Ctrl-C. Answers 1 where nothing was taken.
 *
 * @param ended aborts it, as Ctrl-C does
 */
export async function tryFeed(args: readonly string[], ended?: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      lang: { type: 'string', default: 'zh-CN' },
      count: { type: 'string', default: '10' },
      for: { type: 'string', default: '60' },
    },
  });
  const [folder, id] = positionals;
  if (folder === undefined || id === undefined || positionals.length > 2) throw new Refusal(USAGE);
  const [count, seconds] = [numberOf(values.count), numberOf(values.for)];
  const { data: hallDir, lang } = readHallArguments(['--data', folder, '--lang', values.lang]);
  const text = ({ zh, en }: Text) => (lang === 'en' ? en : zh);
  const told = (of: Text) => say(text(of));

  const clock = systemClock();
  const [rejects, now] = [createRejects({ clock }), clock.now()];
  const { city } = readHallFolder({
    ...{ resources: inProject('resources'), hallDir, simulated: simulatedIn(hallDir), rejects, now },
  });
  const [sensors, units] = [city.sensors, city.units].map((all) => new Map(all.map((each) => [each.id, each])));
  const directory = {
    hasSensor: (of: string) => sensors?.has(of) === true,
    hasUnit: (of: string) => units?.has(of) === true,
  };
  const { feeds, notices } = readOwnFeeds([join(hallDir, 'feeds')], { directory, rejects, now });
  const config = feeds.find((feed) => feed.id === id);
  if (config === undefined)
    throw notThere(
      id,
      feeds,
      notices.map(({ text: of }) => of),
      text,
    );
  if (isPosted(config)) throw new Refusal(text(POSTED));
  if (config.protocol === 'folder') throw new Refusal(text(MOVED));

  for (const notice of notices) told(notice.text);
  const unitOf = new Map(city.sensors.map(({ id: sensor, unit }) => [sensor, unit]));
  const stop = new AbortController();
  const quit = () => stop.abort();
  let heard = 0;
  let fault: Text | null = null;
  if ('listen' in config && config.listen !== undefined) told(LISTENS(addressText(config.listen)));
  else if ('dial' in config && config.dial !== undefined)
    told(CALLS(config.dial.map(addressText).slice(0, 5).join(', ')));
  const trial = startTrial(config, {
    ...{ clock, directory, count },
    ears: {
      heard(message, from) {
        heard++;
        say(`${heard}. ${new Date(clock.now()).toISOString()}${from === '' ? '' : ` ${from}`}  ${rawText(message)}`);
      },
      reading(each, ahead) {
        say(`  → ${readingText(each, unitOf.get(each.sensor) ?? '', lang)}`);
        if (ahead) told(AHEAD);
      },
      unit(each, ahead) {
        say(`  → ${unitText(each)}`);
        if (ahead) told(AHEAD);
      },
      warning() {},
      report: (each) => say(visible(`  → ${each.id}  ${text(each.text)}`)),
      refused: ({ message, remedy, path }) =>
        say(visible(`  ✗ ${path === '' ? '' : `${path}: `}${text(message)}${text(STOP)}${text(remedy)}`)),
      fault(error, what) {
        if (what === 'cannot-listen') {
          fault = error;
          quit();
        } else told({ zh: `  ! ${error.zh}`, en: `  ! ${error.en}` });
        // Nothing more comes.
        if (config.protocol === 'replay') quit();
      },
    },
  });
  void trial.enough.then(quit);
  const timer = setTimeout(quit, seconds * 1000);
  process.once('SIGINT', quit);
  ended?.addEventListener('abort', quit, { once: true });
  try {
    if (!stop.signal.aborted)
      await new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve(), { once: true }));
    if (fault !== null) throw new Refusal(text(portTaken(fault)));
    const { taken, refused } = trial.counts();
    for (const device of trial.health().devices?.strangers ?? []) told(STRANGER(device));
    told({
      zh: `收到 ${heard} 条，可取 ${taken} 项，拒收 ${refused} 项；没有写入任何内容。`,
      en: `${heard} came; ${taken} records would be taken, ${refused} refused; nothing was written.`,
    });
    return taken > 0 ? 0 : 1;
  } finally {
    clearTimeout(timer);
    process.off('SIGINT', quit);
    await trial.stop();
  }
}

function numberOf(written: string): number {
  if (/^\d{1,5}$/.test(written) && Number(written) >= 1 && Number(written) <= MOST) return Number(written);
  throw new Refusal(`--count and --for are whole numbers from 1 to ${MOST}.\n${USAGE}`);
}

const STOP: Text = { zh: '。', en: '. ' };
const POSTED: Text = {
  zh: '这个数据源由来源向大厅提交，无需试连：大厅运行时，每次提交都会得到答复，写明每条记录的结果。',
  en: 'The source of this feed posts to the hall: while the hall runs, each post is answered with what became of each record.',
};
const MOVED: Text = {
  zh: '这个数据源会移走读过的文件，不能试连：请复制几个文件到另一文件夹，在大厅中用另一数据源读取。',
  en: 'This feed moves away the files that it has read, and is not tried: copy some into another folder, and let a hall read that by another feed.',
};
const AHEAD: Text = {
  zh: '    ✗ 时间超前大厅时钟 60 秒以上，将被拒收。请校准设备时钟，或核对 zone',
  en: '    ✗ is dated more than 60 s after this PC’s clock and would be refused. Set the clock of the device, or look after `zone`.',
};
const LISTENS = (at: string): Text => ({
  zh: `在 ${at} 等待设备拨入。设备会得到应答并视为已送达，试连收到的内容不会保存。`,
  en: `Listening on ${at} for devices. They are answered and take what they send for delivered; it is not kept.`,
});
const CALLS = (at: string): Text => ({
  zh: `正在呼叫 ${at}。设备会得到应答并视为已送达，试连收到的内容不会保存。`,
  en: `Calling ${at}. What answers is answered and takes what it sends for delivered; it is not kept.`,
});
const STRANGER = (device: string): Text => ({
  zh: `  文件中没有的设备：${device}`,
  en: `  a device that no file names: ${device}`,
});
const portTaken = ({ zh, en }: Text): Text => ({
  zh: `${zh}。大厅正在运行时端口由它使用：请先停止大厅，再试。`,
  en: `${en}. A hall that is running has the port: stop it, and try again.`,
});

function notThere(
  id: string,
  feeds: readonly FeedConfig[],
  notices: readonly Text[],
  text: (of: Text) => string,
): Refusal {
  const ids = feeds.map((feed) => feed.id).slice(0, 40);
  const none = text({ zh: `没有可用的数据源“${id}”。`, en: `There is no feed "${id}" that can be used. ` });
  const there = ids.length === 0 ? '' : text({ zh: `有：${ids.join('、')}。`, en: `There are: ${ids.join(', ')}.` });
  return new Refusal([`${none}${there}`, ...notices.map(text)].join('\n'));
}

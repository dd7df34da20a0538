import { setTimeout as delay } from 'node:timers/promises';
import { createAnnunciator, type Hearing, QUIET } from '../../../renderer/desk/sound/hearing.ts';
import { soundsOf } from '../../../renderer/features/alarms/sound.ts';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import { paintNothing } from '../../../scripts/drill/paintNothing.ts';
import { openFeedSource } from '../../support/feedSource.ts';
import { startHall } from '../../support/hallProcess.ts';
import { createScratch } from '../../support/scratch.ts';
import { until } from '../../support/until.ts';
import { openWindow, type Window } from '../../support/window.ts';
import { riseOf, saying, writeRules } from '../desk/rise.ts';

const ALARMS_A_MINUTE = 1000;
/** By the level of the mark, as EEMUA 191 wants alarms: few of them of the highest priority. */
const MARKS = [4, 3, 4, 4, 3, 2, 4, 4, 3, 4, 4, 3, 1, 4, 4, 3, 4, 2, 4, 3, 4, 4, 3, 2, 4, 4] as const;
/** As often as a window looks whether there is something to be heard. */
const LOOK_MS = 250;
const PAGE = 500;

/**
 * `flood`: a thousand alarms come in a minute at a real hall. Of them `flood-calls` are called at a desk where nobody answers, level I included (ADR 0073), by
 * the code of the window; `flood-tones` begin to be heard, as a tone that goes on says nothing new; `flood-found` are found in the history.
 */
export async function floodCalls(seconds: number): Promise<BenchRow[]> {
  const scratch = createScratch();
  try {
    const dataDir = scratch.folder();
    paintNothing(dataDir);
    const gauges = writeRules(dataDir, MARKS);
    const feed = scratch.keep(await openFeedSource(Date.now()), (it) => it.close());
    const hall = await startHall({ dataDir, profile: 'drill', env: { OPSHALL_CITY_FEED: feed.url } });
    scratch.keep(hall, (it) => it.stop());
    const window = scratch.keep(await openWindow(hall, 'commander'), (it) => it.close());
    await until(() => feed.listeners > 0, { what: 'the hall at the feed' });
    const count = Math.min(Math.round((seconds / 60) * ALARMS_A_MINUTE), MARKS.length * gauges.length);
    const began = Date.now();
    const desk = listen(window);
    await riseOf(saying(feed, Date.now()), gauges).over(count, seconds * 1000);
    await until(() => window.items('alarms').length >= count, { what: `${count} alarms`, within: 60_000 });
    await delay(2 * LOOK_MS);
    const { called, tones } = desk.stop();
    const found = await inHistory(window, began);
    return [
      {
        ...{ id: 'flood-calls', what: `of ${count} alarms those called at a desk in ten minutes` },
        ...{ value: called, unit: 'calls', limit: { most: 10, of: 'value' } },
      },
      { id: 'flood-tones', what: '  tones that began', value: tones, unit: 'tones' },
      {
        ...{ id: 'flood-found', what: '  found in the history afterwards', value: found, unit: 'alarms' },
        ...{ ratio: found / count, against: count, limit: { least: 1, of: 'ratio' } },
      },
    ];
  } finally {
    await scratch.clear();
  }
}

/** Hears at a desk what its window would sound, and nobody answers. */
function listen(window: Window) {
  const annunciator = createAnnunciator();
  let before: Hearing = QUIET;
  let [called, tones] = [0, 0];
  const look = () => {
    const sounds = soundsOf(window.items('alarms'));
    const hearing = annunciator.hear(sounds, null, Date.now());
    if (hearing.once !== null || (hearing.repeat !== null && hearing.repeat !== before.repeat)) tones++;
    called = sounds.length - hearing.held;
    before = hearing;
  };
  const timer = setInterval(look, LOOK_MS);
  return {
    stop() {
      clearInterval(timer);
      look();
      return { called, tones };
    },
  };
}

/** Alarms that the history has since then, page by page. */
async function inHistory(window: Window, from: number): Promise<number> {
  const ids = new Set<string>();
  for (let after: string | undefined; ; ) {
    const page = await window.read('alarms.history', { from, limit: PAGE, ...(after === undefined ? {} : { after }) });
    for (const { id } of page.rows) ids.add(id);
    if (page.more === null) return ids.size;
    after = page.more;
  }
}

import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import { paintNothing } from '../../../scripts/drill/paintNothing.ts';
import { inProject } from '../../../scripts/project.ts';
import { launchBrowser } from '../../support/browser.ts';
import { openFeedSource } from '../../support/feedSource.ts';
import { startHall } from '../../support/hallProcess.ts';
import { createScratch } from '../../support/scratch.ts';
import { until } from '../../support/until.ts';
import { openWindow } from '../../support/window.ts';
import { quantile } from '../scale/spread.ts';
import { mapDrawn, openDesk, worstFrame } from './deskPage.ts';
import { riseOf, saying, writeRules } from './rise.ts';

/** A gauge without a rule here. */
const RAIN = 'RG-002';
const ALARMS_A_MINUTE = 1000;
/** Levels of the marks that the water rises over. */
const MARKS = Array.from({ length: 26 }, (_, i) => ([4, 3, 2, 1] as const)[i % 4] ?? 4);
const FEW = 10;
/** Share of the flood in which somebody acknowledges; in the rest of it they scroll. */
const HANDS = 0.75;
/** Between two presses, and between two turns of the wheel. */
const PRESS_MS = 150;
const TURN_MS = 50;
const SCROLL_PX = 200;
/** Longest that a list of ten alarms is scrolled. */
const SCROLL_MS = 15_000;
/** Until the queue has its room, and the map what came. */
const SETTLE_MS = 5_000;
/** An alarm that is not acknowledged on the screen after this is not at all. */
const LOST_MS = 10_000;

/**
 * `flood`: a thousand alarms come in a minute, and somebody acknowledges one after another by Space: how long from the key until its row,
 * or the detail of it, says so, in 95 of a hundred. `flood/2`: the worst frame of a queue that is scrolled meanwhile, against one with ten alarms in which nothing happens.
 */
export async function flood(seconds: number): Promise<BenchRow[]> {
  const scratch = createScratch();
  try {
    const dataDir = scratch.folder();
    paintNothing(dataDir);
    const gauges = writeRules(dataDir, MARKS);
    const feed = scratch.keep(await openFeedSource(Date.now()), (it) => it.close());
    const say = saying(feed, Date.now());
    const hall = await startHall({ dataDir, profile: 'drill', env: { OPSHALL_CITY_FEED: feed.url } });
    scratch.keep(hall, (it) => it.stop());
    const hearer = scratch.keep(await openWindow(hall, 'deputy'), (it) => it.close());
    await until(() => feed.listeners > 0, { what: 'the hall at the feed' });
    const browser = scratch.keep(await launchBrowser(), (it) => it.close());
    const rise = riseOf(say, gauges);
    // A source that says nothing for a while is one that is gone.
    scratch.keep(
      setInterval(() => say(RAIN, 0), 1000),
      clearInterval,
    );
    const page = await openDesk(browser, hall);
    await mapDrawn(page);
    const raised = (n: number) =>
      until(() => hearer.items('alarms').length >= n, { what: `${n} alarms`, within: 60_000 });

    rise.by(FEW);
    await raised(FEW);
    await delay(SETTLE_MS);
    const few = await worstFrame(page, () => scroll(page, Math.min(SCROLL_MS, seconds * 1000 * (1 - HANDS))));
    const count = Math.round((seconds / 60) * ALARMS_A_MINUTE);
    const came = rise.over(count, seconds * 1000);
    const times = await acknowledge(page, seconds * 1000 * HANDS);
    const many = await worstFrame(page, () => scroll(page, seconds * 1000 * (1 - HANDS)));
    await came;
    await raised(FEW + count);
    return [
      {
        id: 'flood',
        what: `key to row acknowledged while ${count} alarms come, p95 of ${times.length}`,
        ...{ value: quantile(times, 0.95), unit: 'ms' },
        limit: { most: 100, of: 'value' },
      },
      {
        id: 'flood/2',
        what: `the worst frame of the queue scrolled meanwhile, against ${FEW} alarms`,
        ...{ value: many, unit: 'ms', ratio: many / few, against: few },
        limit: { most: 2, of: 'ratio' },
      },
    ];
  } finally {
    await scratch.clear();
  }
}

/** Presses Space for as long. @returns ms from each press that acknowledged one until its row said so */
async function acknowledge(page: Page, ms: number): Promise<number[]> {
  const times = await page.evaluateHandle(
    ([waits, done, lost]) => {
      const row = (which: string) => document.querySelector<HTMLElement>(`[data-region=alarms] [role=row]${which}`);
      const stateOf = (of: HTMLElement | null) => of?.querySelector('[data-column=state]')?.textContent?.trim();
      // One that is acknowledged makes room for those that wait: then it may stand in the detail alone.
      const detailOf = (alarm: string) => document.querySelector(`[data-region=detail]:has([data-alarm="${alarm}"])`);
      const saysSo = (alarm: string) =>
        stateOf(row(`[data-alarm="${alarm}"]`)) === done || detailOf(alarm)?.textContent?.includes(done) === true;
      const took: number[] = [];
      /** `next`: what a press would acknowledge now; one that marks a row acknowledges none. */
      const seen = {
        ...{ took, waits: 0, alarm: undefined as string | undefined },
        next() {
          const marked = row('[aria-selected=true]');
          seen.alarm = stateOf(marked) === waits ? marked?.dataset.alarm : undefined;
        },
      };
      const onKey = ({ key, timeStamp }: KeyboardEvent) => {
        const { alarm } = seen;
        if (key !== ' ' || alarm === undefined) return;
        seen.waits++;
        const look = () => {
          const passed = performance.now() - timeStamp;
          if (saysSo(CSS.escape(alarm)) || passed > lost) {
            took.push(passed);
            seen.waits--;
          } else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      };
      addEventListener('keydown', onKey, true);
      return seen;
    },
    [words.state.unacknowledged, words.state.acknowledged, LOST_MS] as const,
  );
  for (const end = performance.now() + ms; performance.now() < end; ) {
    // Before the press: the page has moved its mark when another hears of the key.
    await times.evaluate((seen) => seen.next());
    await page.keyboard.press('Space');
    // Nobody goes on before he has seen what he did.
    await times.evaluate(async (seen) => {
      while (seen.waits > 0) await new Promise(requestAnimationFrame);
    });
    await delay(PRESS_MS);
  }
  const { took } = await times.jsonValue();
  if (took.length === 0) throw new Error('no alarm was acknowledged on the screen');
  return took;
}

/** Turns the wheel over the queue for as long, down and up again. */
async function scroll(page: Page, ms: number): Promise<void> {
  await page.locator('[data-region=alarms] [role=row]').last().hover();
  const began = performance.now();
  for (let turn = 0; performance.now() - began < ms; turn++) {
    await page.mouse.wheel(0, turn % 40 < 20 ? SCROLL_PX : -SCROLL_PX);
    await delay(TURN_MS);
  }
}

const words = JSON.parse(readFileSync(inProject('renderer/features/alarms/words/en.json'), 'utf8')) as {
  state: { unacknowledged: string; acknowledged: string };
};

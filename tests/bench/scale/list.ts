import type { BenchRow } from '../../../scripts/bench-report.ts';
import { until } from '../../support/until.ts';
import type { BigHall } from './hall.ts';
import { openRawWindow, type RawWindow } from './rawWindow.ts';
import { quantile } from './spread.ts';

const PAGE = 50;
const LEVEL = 3;
const PATIENCE_MS = 60_000;

interface Listed {
  id: string;
  state: string;
  level: number;
  openedAt: number;
}

/**
 * `list`: the first page of the open incidents of level III and worse, newest first. As the contract is today the window is sent the whole
 * topic and filters and sorts it itself; incidents closed long ago are not in it. `list-change`: from a decision to the frame that
 * tells another window of it, the disk included.
 */
export async function list(hall: BigHall): Promise<BenchRow[]> {
  hall.feed.pace({ gauges: 0, units: 0 });
  await hall.caughtUp();
  hall.feed.pace({ gauges: hall.effort.gauges, units: 0 });
  const pages: number[] = [];
  let page: Listed[] = [];
  for (let i = 0; i < hall.effort.times; i++) {
    const window = await openRawWindow(hall, 'bench');
    const began = performance.now();
    page = await firstPage(window);
    pages.push(performance.now() - began);
    window.close();
  }
  const shown = await openRawWindow(hall, 'bench');
  shown.follow('incidents');
  const decider = await openRawWindow(hall, 'commander');
  const changes: number[] = [];
  let [wanted, came] = ['', 0];
  shown.onText((text) => {
    if (came === 0 && text.startsWith('{"t":"delta","topic":"incidents"') && text.includes(wanted))
      came = performance.now();
  });
  for (let i = 0; i < hall.effort.times; i++) {
    const incident = page[i % page.length];
    if (!incident) throw new Error('the big ledger has no open incident');
    [wanted, came] = [`list-change ${i}.`, 0];
    const began = performance.now();
    decider.call('incidents.note', { incident: incident.id, text: wanted });
    await until(() => came > 0, { what: 'the change on an open page' });
    changes.push(came - began);
  }
  shown.close();
  decider.close();
  return [
    {
      id: 'list',
      what: 'first page, filtered and sorted, of the incidents windows hold, p95',
      value: quantile(pages, 0.95),
      unit: 'ms',
      limit: { most: 30, of: 'value' },
    },
    {
      id: 'list-change',
      what: 'until an open page shows a change, p95',
      value: quantile(changes, 0.95),
      unit: 'ms',
      limit: { most: 250, of: 'value' },
    },
  ];
}

/** @throws Error when the hall has not sent the topic after a minute. */
function firstPage(window: RawWindow): Promise<Listed[]> {
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => reject(new Error('the incidents did not come')), PATIENCE_MS);
    const items: Listed[] = [];
    window.onText((text) => {
      if (!text.startsWith('{"t":"snap"')) return;
      const {
        part,
        parts,
        items: some,
      } = JSON.parse(text) as { part: number; parts: number; items: [string, Listed][] };
      for (const [, item] of some) items.push(item);
      if (part + 1 < parts) return;
      clearTimeout(patience);
      const listed = items.filter(({ state, level }) => state === 'open' && level <= LEVEL);
      resolve(listed.sort((a, b) => b.openedAt - a.openedAt).slice(0, PAGE));
    });
    window.follow('incidents');
  });
}

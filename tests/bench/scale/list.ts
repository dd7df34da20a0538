import { setTimeout as delay } from 'node:timers/promises';
import type { QueryParams } from '../../../contract/index.ts';
import { WIRE_LIMITS } from '../../../contract/wire/limits.ts';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import { until } from '../../support/until.ts';
import type { BigHall } from './hall.ts';
import { openRawWindow, type RawWindow } from './rawWindow.ts';
import { quantile } from './spread.ts';

type Wanted = QueryParams<'log.list'>;

const PATIENCE = { within: 60_000 };
/** Filters of the log: each asks for the newest rows that fit, and how many there are. */
const LISTS: readonly Wanted[] = [
  { kind: 'incident' },
  { seat: 'commander' },
  { type: 'step.acknowledged', seat: 'water' },
  { kind: 'run', from: Date.UTC(2024, 0, 1), until: Date.UTC(2025, 0, 1) },
];
const PAGE = 50;
/** A window may open so many queries a second as it may have open. */
const PAUSE_MS = 1000 / WIRE_LIMITS.queries + 5;

/**
 * `list`: from asking to the first page of the log, one row for each event, filtered and sorted. `list-change`: from a decision to the frame
 * that shows it on a page that another window has open, the disk included.
 */
export async function list(hall: BigHall): Promise<BenchRow[]> {
  hall.feed.pace({ gauges: 0, units: 0 });
  await hall.caughtUp();
  const window = await openRawWindow(hall, 'duty');
  const pages = createPages(window);
  await pages.first({ limit: 1 }); // The threads that read are started by whoever asks first.
  const lists = await timesOf(hall, LISTS, pages.first);
  const changes = await changesOf(hall, pages);
  window.close();
  const row = (id: string, what: string, times: readonly number[], most: number): BenchRow => ({
    ...{ id, what, value: quantile(times, 0.95), unit: 'ms', limit: { most, of: 'value' } },
  });
  return [
    row('list', 'first page of the log, filtered and sorted, p95', lists, 30),
    row('list-change', 'until an open page shows a change, p95', changes, 250),
  ];
}

async function timesOf(
  { effort }: BigHall,
  asked: readonly Wanted[],
  first: (wanted: Wanted) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < effort.times * asked.length; i++) {
    const began = performance.now();
    // A page of another size is another query: nothing is answered from what was asked before.
    await first({ ...asked[i % asked.length], limit: PAGE + (i % 100) });
    times.push(performance.now() - began);
    await delay(PAUSE_MS);
  }
  return times;
}

async function changesOf(hall: BigHall, pages: ReturnType<typeof createPages>): Promise<number[]> {
  const { rows: opened } = await pages.first({ type: 'incident.opened', limit: PAGE });
  const shown = await openRawWindow(hall, 'duty');
  await createPages(shown).open({ type: 'incident.noted', limit: PAGE });
  const decider = await openRawWindow(hall, 'commander');
  const changes: number[] = [];
  let [wanted, came] = ['', 0];
  shown.onText((text) => {
    if (came === 0 && text.startsWith('{"t":"patch"') && text.includes(wanted)) came = performance.now();
  });
  for (let i = 0; i < hall.effort.times; i++) {
    const incident = opened[i % opened.length]?.[1].subject;
    if (incident === undefined) throw new Error('the big ledger has no incident');
    [wanted, came] = [`list-change ${i}.`, 0];
    const began = performance.now();
    decider.call('incidents.note', { incident, text: wanted });
    await until(() => came > 0, { ...PATIENCE, what: 'the change on an open page' });
    changes.push(came - began);
  }
  shown.close();
  decider.close();
  return changes;
}

interface RowsFrame {
  readonly t: 'rows' | 'unrows';
  readonly id: number;
  readonly rows: readonly (readonly [key: string, row: { subject: string }])[];
}

/** Asks for pages of the log in a window. */
function createPages(window: RawWindow) {
  const waiting = new Map<number, (frame: RowsFrame) => void>();
  window.onText((text) => {
    if (!text.startsWith('{"t":"rows"') && !text.startsWith('{"t":"unrows"')) return;
    const frame = JSON.parse(text) as RowsFrame;
    waiting.get(frame.id)?.(frame);
    waiting.delete(frame.id);
  });
  /** Asks, and leaves the query open. */
  async function open(wanted: Wanted): Promise<RowsFrame> {
    const id = window.query('log.list', wanted);
    const frame = await new Promise<RowsFrame>((resolve) => {
      waiting.set(id, resolve);
    });
    if (frame.t === 'unrows') throw new Error(`the log is not answered: ${JSON.stringify(frame)}`);
    return frame;
  }
  return {
    open,
    async first(wanted: Wanted): Promise<RowsFrame> {
      const frame = await open(wanted);
      window.unquery(frame.id);
      return frame;
    },
  };
}

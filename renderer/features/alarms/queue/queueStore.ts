import { z } from 'zod';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { useDeskStore } from '../../../desk/DeskProvider.tsx';
import type { DeskStore } from '../../../desk/desk.ts';
import { type Filter, GROUPINGS, NO_FILTER, ORDERS, type QueueView } from './lines.ts';

/** How this window shows the queue, and what its keys are at. */
interface QueueState extends QueueView {
  /** The group that has the mark; null while the selected alarm has it. */
  readonly group: string | null;
  /** The group for which the acknowledge key was pressed once, and its alarms as they were seen then. */
  readonly asked: { readonly group: string; readonly seen: readonly SeenAlarm[] } | null;
}

interface SeenAlarm {
  readonly alarm: string;
  readonly occurrence: number;
  readonly level: 1 | 2 | 3 | 4;
}

type QueueStore = StoreApi<QueueState>;

const Kept = z.object({ order: z.enum(ORDERS), grouping: z.enum(GROUPINGS) });

/** One a window; it goes with the window's desk. */
const queues = new WeakMap<DeskStore, QueueStore>();

function open(desk: DeskStore): QueueStore {
  const name = `opshall.queue.${desk.getState().seat}`;
  const store = createStore<QueueState>(() => ({
    ...kept(localStorage.getItem(name)),
    ...{ filter: NO_FILTER, open: new Set<string>(), group: null, asked: null },
  }));
  store.subscribe(({ order, grouping }, before) => {
    if (order !== before.order || grouping !== before.grouping)
      localStorage.setItem(name, JSON.stringify({ order, grouping }));
  });
  desk.subscribe(({ selection }, before) => {
    if (selection !== before.selection) store.setState({ group: null, asked: null });
  });
  return store;
}

/** Reads what a seat has kept. Anything else is how the queue is at first. */
export function kept(stored: string | null): z.infer<typeof Kept> {
  try {
    return Kept.parse(JSON.parse(stored ?? ''));
  } catch {
    return { order: 'urgency', grouping: 'none' };
  }
}

/** The window's queue, for event handlers. */
export function useQueueStore(): QueueStore {
  const desk = useDeskStore();
  let store = queues.get(desk);
  if (store === undefined) {
    store = open(desk);
    queues.set(desk, store);
  }
  return store;
}

/** A part of how this window shows the queue. */
export function useQueue<T>(part: (queue: QueueState) => T): T {
  return useStore(useQueueStore(), part);
}

/** Opens a group, or closes it. */
export function turnGroup(queue: QueueStore, id: string, to: boolean): void {
  const open = new Set(queue.getState().open);
  if (to) open.add(id);
  else open.delete(id);
  queue.setState({ open, asked: null });
}

/** Shows another part of the queue. */
export function setFilter(queue: QueueStore, part: Partial<Filter>): void {
  queue.setState({ filter: { ...queue.getState().filter, ...part }, asked: null });
}

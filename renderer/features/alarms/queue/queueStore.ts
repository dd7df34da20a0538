import { useMemo } from 'react';
import { z } from 'zod';
import type { Level } from '../../../../core/words.ts';
import { useDeskStore, useSlice } from '../../../desk/DeskProvider.tsx';
import { type Slice, stateOf } from '../../../desk/slice.ts';
import type { PastShown } from '../past/shown.ts';
import type { Span } from '../past/spans.ts';
import { type Filter, GROUPINGS, NO_FILTER, ORDERS, type QueueView } from './lines.ts';

/** An alarm as somebody saw it. */
interface SeenAlarm {
  readonly alarm: string;
  readonly occurrence: number;
  readonly level: Level;
}

/** What of the past is looked for. */
interface PastView {
  readonly words: string;
  readonly span: Span;
  /** `2026-07-14`; empty until one is named. */
  readonly date: string;
  readonly level: Level | null;
}

export const NO_PAST: PastView = { words: '', span: 'day', date: '', level: null };

/** How this window shows the queue, and what its keys are at. */
interface QueueState extends QueueView {
  /** The list of past alarms that stands in its place; null while the queue is shown. */
  readonly shown: PastShown | null;
  readonly past: PastView;
  /** The group that has the mark; null while the selected alarm has it. */
  readonly group: string | null;
  /** How often the marked line was to be brought onto the screen. */
  readonly sought: number;
  /** The group for which the acknowledge key was pressed once, and its alarms as they were seen then. */
  readonly asked: { readonly group: string; readonly seen: readonly SeenAlarm[] } | null;
}

export const queueSlice: Slice<QueueState> = {
  name: 'alarm-queue',
  initial: ({ seat }) => ({
    ...kept(seat),
    ...{ shown: null, past: NO_PAST },
    ...{ filter: NO_FILTER, open: new Set<string>(), group: null, sought: 0, asked: null },
  }),
  selected: () => ({ group: null, asked: null }),
};

const Kept = z.object({ order: z.enum(ORDERS), grouping: z.enum(GROUPINGS) });
const nameOf = (seat: string) => `opshall.queue.${seat}`;

/** What a seat has kept. Anything else is how the queue is at first. */
function kept(seat: string): z.infer<typeof Kept> {
  try {
    return Kept.parse(JSON.parse(localStorage.getItem(nameOf(seat)) ?? ''));
  } catch {
    return { order: 'urgency', grouping: 'none' };
  }
}

/** The window's queue, for event handlers. */
export interface QueueStore {
  getState(): QueueState;
  /** Order and grouping are kept for the seat. */
  setState(part: Partial<QueueState>): void;
}

export function useQueueStore(): QueueStore {
  const desk = useDeskStore();
  return useMemo(() => {
    const getState = () => stateOf(desk.getState(), queueSlice);
    return {
      getState,
      setState(part) {
        desk.getState().setIn(queueSlice, part);
        if (part.order === undefined && part.grouping === undefined) return;
        const { order, grouping } = getState();
        localStorage.setItem(nameOf(desk.getState().seat), JSON.stringify({ order, grouping }));
      },
    };
  }, [desk]);
}

/** A part of how this window shows the queue. */
export function useQueue<T>(part: (queue: QueueState) => T): T {
  return useSlice(queueSlice, part);
}

/** Shows a list of past alarms; null: the queue again. */
export function showPast(queue: QueueStore, shown: PastShown | null): void {
  queue.setState({ shown, group: null, asked: null });
}

/** Looks for another part of the past. */
export function setPast(queue: QueueStore, part: Partial<PastView>): void {
  queue.setState({ past: { ...queue.getState().past, ...part } });
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

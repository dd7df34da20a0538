import type { Clock } from '../clock.ts';
import { createHeap, type Placed } from './heap.ts';

/** The longest a timer of the machine runs, in ms; a deadline further away is looked at again then. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The deadlines of one kind: at most one for each subject. */
export interface DeadlinesOfKind {
  /**
   * @param due ms of the clock's monotonic time, the past included; in place of what was set for the subject before. Null when nothing
   *   is due for it any more.
   */
  set(subject: string, due: number | null): void;
  /** Takes away what is set; nothing is due afterwards, whatever is set. */
  close(): void;
}

/**
 * What only time brings about: each thing says when it is due, and nobody looks through all there is. One heap and one timer for the
 * whole hall, by the monotonic clock: when the wall clock jumps, nothing is due earlier or later.
 */
export interface Deadlines {
  /**
   * @param onDue is told of each subject once, not before its time and at most 1 ms after where the hall is not busy, the earliest
   *   first; its deadline is gone by then. What it sets is due in a later turn, even when that lies in the past.
   */
  kind(kind: string, onDue: (subject: string) => void): DeadlinesOfKind;
}

interface Deadline extends Placed {
  due: number;
  subject: string;
  kind: { name: string; onDue(subject: string): void; set: Map<string, Deadline> };
}

/** @param options.onError hears what an `onDue` threw; the others are told all the same. */
export function createDeadlines(options: { clock: Clock; onError(error: unknown, what: string): void }): Deadlines {
  const { clock, onError } = options;
  const heap = createHeap<Deadline>((a, b) => a.due < b.due);
  let timer: { due: number; cancel(): void } | null = null;
  let ringing = false;

  /** The timer runs to the first deadline, and is left alone where that stays the same. */
  const arm = (): void => {
    if (ringing) return;
    const due = heap.first()?.due;
    if (due === timer?.due) return;
    timer?.cancel();
    timer = null;
    if (due === undefined) return;
    const wait = Math.max(0, Math.ceil(due - clock.monotonic()));
    timer = { due, cancel: clock.setTimeout(ring, Math.min(wait, LONGEST_TIMER)) };
  };

  const take = (deadline: Deadline): void => {
    heap.remove(deadline);
    deadline.kind.set.delete(deadline.subject);
  };

  const ring = (): void => {
    timer = null;
    ringing = true;
    const now = clock.monotonic();
    const due: Deadline[] = [];
    for (let next = heap.first(); next && next.due <= now; next = heap.first()) {
      heap.remove(next);
      due.push(next);
    }
    for (const deadline of due) {
      const { kind, subject } = deadline;
      if (kind.set.get(subject) !== deadline) continue; // One that rang before it took it away, or set another.
      kind.set.delete(subject);
      try {
        kind.onDue(subject);
      } catch (error) {
        onError(error, `${kind.name} ${subject}`);
      }
    }
    ringing = false;
    arm();
  };

  return {
    kind(name, onDue) {
      const kind: Deadline['kind'] = { name, onDue, set: new Map() };
      let closed = false;
      return {
        set(subject, due) {
          const before = kind.set.get(subject);
          if (closed || before?.due === (due ?? undefined)) return;
          if (before) take(before);
          if (due !== null) {
            const deadline: Deadline = { due, subject, kind, place: -1 };
            kind.set.set(subject, deadline);
            heap.add(deadline);
          }
          arm();
        },
        close() {
          closed = true;
          for (const deadline of [...kind.set.values()]) take(deadline);
          arm();
        },
      };
    },
  };
}

import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import type { Folded } from '../../core/ledger/projection.ts';
import type { Derive, Put } from './derive.ts';

/** Others are let go on after so many events. */
const PORTION = 500;

/** A subject that is folded, and how many events are by now. */
interface FoldedSubject {
  readonly subject: string;
  /** Undefined for a kind that this version does not know. */
  readonly folded: Folded<unknown> | undefined;
  /** Its own events, and all until now. */
  readonly of: number;
  readonly done: number;
}

/** Folds one subject after another: no more than one of them is in memory. @param events in the order of their subjects */
function* foldEach(events: Iterable<LedgerEvent>, derive: Pick<Derive, 'fold'>): Generator<FoldedSubject> {
  let done = 0;
  let its: LedgerEvent[] = [];
  const finish = (subject: string): FoldedSubject => {
    const of = its.length;
    done += of;
    const folded = derive.fold(subject, its);
    its = [];
    return { subject, folded, of, done };
  };
  for (const event of events) {
    const before = its[0]?.subject;
    if (before !== undefined && before !== event.subject) yield finish(before);
    its.push(event);
  }
  const last = its[0]?.subject;
  if (last !== undefined) yield finish(last);
}

/** Puts down every state. Yields how many events are folded, at last of all. @param events in the order of their subjects */
export function* putEach(
  events: Iterable<LedgerEvent>,
  derive: Pick<Derive, 'fold'>,
  put: Pick<Put, 'state'>,
): Generator<number, void> {
  let [all, told] = [0, 0];
  for (const { subject, folded, of, done } of foldEach(events, derive)) {
    if (folded) put.state(subject, folded, of);
    all = done;
    if (done - told < PORTION) continue;
    told = done;
    yield done;
  }
  if (all > told) yield all;
}

/** A thread that folds every subject of a ledger, and gives the states as rows of views.db. */
import { workerData } from 'node:worker_threads';
import { createDocuments } from '../../core/ledger/documents.ts';
import { openLedgerReader } from '../../native/sqlite/ledgerReader.ts';
import { declaredBy, rehearsed } from '../kernel/declared.ts';
import { createDerive } from '../kernel/derive.ts';
import { foldEach } from '../kernel/foldEach.ts';
import { type FoldedBatch, type FoldingOrder, GIVEN, TAKEN } from '../kernel/folding.ts';
import { createForeign } from '../kernel/foreign.ts';
import type { StateRow } from '../kernel/viewsStore.ts';
import { FEATURES } from './index.ts';

/** States of a batch, and characters of them: whichever comes first. */
const ROWS = 100;
const CHARS = 512 * 1024;
/** Batches that wait to be taken. */
const AHEAD = 16;

const { file, version, rehearsal, stamp, port, turns } = workerData as FoldingOrder;
const all = declaredBy(FEATURES);
const { kinds, families, readModels: models } = rehearsal === null ? all : rehearsed(all, rehearsal);
const reader = openLedgerReader(file);
const documents = createDocuments(reader.ofSubject);
const foreign = createForeign(families, documents);
const derive = createDerive({ kinds, models, version, foreign, documents });
if (derive.stamp !== stamp) throw new Error(`it would make views of ${derive.stamp}, and those of ${stamp} are made`);

/** Waits until no more than so many batches are ahead. */
function room(ahead: number): void {
  for (;;) {
    const taken = Atomics.load(turns, TAKEN);
    if (Atomics.load(turns, GIVEN) - taken <= ahead) return;
    Atomics.wait(turns, TAKEN, taken);
  }
}

let rows: StateRow[] = [];
let chars = 0;
let done = 0;
function give(ofEnd: FoldedBatch['foreign']): void {
  room(AHEAD);
  port.postMessage({ rows, done, foreign: ofEnd } satisfies FoldedBatch);
  Atomics.add(turns, GIVEN, 1);
  Atomics.notify(turns, GIVEN);
  rows = [];
  chars = 0;
}

for (const each of foldEach(reader.inOrderOf('subject'), derive)) {
  done = each.done;
  const row = each.folded && derive.rowOf(each.subject, each.folded);
  if (!row) continue;
  rows.push(row);
  chars += row.state.length;
  if (rows.length >= ROWS || chars >= CHARS) give(null);
}
give(foreign.fresh());
// What is given and not taken would go with the thread.
room(0);
reader.close();
port.close();

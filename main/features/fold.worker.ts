/** A thread that folds every subject of a ledger, and puts the states and what read models show of them into a file of its own. */
import { workerData } from 'node:worker_threads';
import { createDocuments } from '../../core/ledger/documents.ts';
import { openLedgerReader } from '../../native/sqlite/ledgerReader.ts';
import { makePart } from '../../native/sqlite/viewsMaking.ts';
import { declaredBy, rehearsed } from '../kernel/declared.ts';
import { createDerive } from '../kernel/derive.ts';
import { putEach } from '../kernel/foldEach.ts';
import { begin, FOLDED, type FoldingOrder, WHOLE } from '../kernel/folding.ts';
import { createForeign } from '../kernel/foreign.ts';
import { FEATURES } from './index.ts';

const { file, version, rehearsal, stamp, part, ranges, begun, progress } = workerData as FoldingOrder;
const all = declaredBy(FEATURES);
const { kinds, families, readModels: models } = rehearsal === null ? all : rehearsed(all, rehearsal);
const reader = openLedgerReader(file);
const documents = createDocuments(reader.ofSubject);
const foreign = createForeign(families, documents);
const derive = createDerive({ kinds, models, version, foreign, documents });
if (derive.stamp !== stamp) throw new Error(`it would make views of ${derive.stamp}, and those of ${stamp} are made`);

const making = makePart({ file: part, tables: derive.ofStates.tables });
const put = derive.into(making.views, { noting: false, of: 'states' });
let folded = 0;
for (const [i, range] of ranges.entries()) {
  if (!begin(begun, i)) break;
  let done = 0;
  for (done of putEach(reader.bySubject(range), derive, put)) Atomics.store(progress, FOLDED, folded + done);
  folded += done;
}
put.foreign(foreign.fresh());
making.finish();
reader.close();
Atomics.store(progress, WHOLE, 1);
Atomics.notify(progress, WHOLE);

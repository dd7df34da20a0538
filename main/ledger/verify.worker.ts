/** A thread that verifies a whole ledger file, and says what it finds. */
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { inspectLedgerFile } from '../../native/sqlite/ledgerInspection.ts';
import { sha256 } from './sha256.ts';
import { createVerifySignature } from './stationKey.ts';
import type { VerifierReport } from './verification.ts';
import { faultOf, verify } from './verify.ts';

const EACH = 20_000;

const say = (report: VerifierReport): void => parentPort?.postMessage(report);

const { file } = workerData as { file: string };
const name = basename(file);
try {
  const inspection = inspectLedgerFile(file);
  const { events, faults } = verify(inspection, name, sha256, {
    verifySignature: createVerifySignature(),
    progress(count) {
      if (count % EACH === 0) say({ kind: 'progress', events: count });
    },
  });
  inspection.close();
  say({ kind: 'done', events, faults });
} catch (error) {
  say({ kind: 'done', events: 0, faults: [faultOf(name, error)] });
}

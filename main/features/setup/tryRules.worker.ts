/** A thread that tries rules on a hall's history; see trialThread.ts. */
import { parentPort } from 'node:worker_threads';
import { openTelemetryHistory } from '../../../native/sqlite/telemetryHistory.ts';
import type { TrialOrder, TrialReport } from './trialThread.ts';
import { type TriedRules, tryRules } from './tryRules.ts';

function perform({ file, rules, others, things, from }: TrialOrder): TriedRules {
  const history = openTelemetryHistory(file);
  try {
    return tryRules(
      rules,
      things,
      history ?? { of: () => [].values(), positionsOf: () => [].values(), samplesOf: () => [].values() },
      from,
      others,
    );
  } finally {
    history?.close();
  }
}

parentPort?.on('message', (order: TrialOrder) => {
  let report: TrialReport;
  try {
    report = { tried: perform(order) };
  } catch (error) {
    report = { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  parentPort?.postMessage(report);
});

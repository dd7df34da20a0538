/** A thread that plans, writes and undoes imports; see importTasks.ts. */
import { parentPort } from 'node:worker_threads';
import { ImportError } from '../../city/import/importError.ts';
import { IMPORT_TASKS } from './importTasks.ts';
import type { ThreadOrder, ThreadReport } from './importThread.ts';

const perform = async ({ task, order }: ThreadOrder): Promise<ThreadReport> => {
  try {
    const work = IMPORT_TASKS[task] as (order: unknown) => unknown;
    return { kind: 'done', answer: await work(order) };
  } catch (error) {
    if (error instanceof ImportError) return { kind: 'refused', said: error.said, proposal: error.proposal };
    return { kind: 'failed', why: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

parentPort?.on('message', async (order: ThreadOrder) => {
  parentPort?.postMessage(await perform(order));
});

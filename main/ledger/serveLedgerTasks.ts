import { parentPort, workerData } from 'node:worker_threads';
import { ContractError } from '../../contract/errors.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { type LedgerReader, openLedgerReader } from '../../native/sqlite/ledgerReader.ts';
import type { EventsOf, LedgerOrder, LedgerReport, LedgerTasks, LedgerThreadData } from './ledgerTasks.ts';

/** Makes this thread one that does these tasks, on a connection that only reads. */
export function serveLedgerTasks(tasks: LedgerTasks): void {
  const { file, mostChars } = workerData as LedgerThreadData;
  let reader: LedgerReader | null = null;

  parentPort?.on('message', ({ task, order, inMemory }: LedgerOrder) => {
    let report: LedgerReport;
    try {
      reader ??= openLedgerReader(file);
      const opened = reader;
      const perform = tasks[task] as (eventsOf: EventsOf, order: unknown) => unknown;
      const eventsOf = together(bounded(opened, mostChars), inMemory);
      report = { kind: 'done', answer: opened.atOnce(() => perform(eventsOf, order)) };
    } catch (error) {
      report = failure(error);
    }
    parentPort?.postMessage(report);
  });
}

class ReadTooMuch extends Error {}

/** @throws ReadTooMuch before so much is read */
function bounded(reader: LedgerReader, mostChars: number): EventsOf {
  let chars = 0;
  return (subject) => {
    chars += reader.charsOf(subject);
    if (chars > mostChars) throw new ReadTooMuch();
    return reader.ofSubject(subject);
  };
}

/** What was in memory only when the order was given may be in the file by now. */
function together(durable: EventsOf, inMemory: readonly LedgerEvent[]): EventsOf {
  if (inMemory.length === 0) return durable;
  return (subject) => {
    const events = durable(subject);
    const known = new Set(events.map(({ id }) => id));
    return [...events, ...inMemory.filter((event) => event.subject === subject && !known.has(event.id))];
  };
}

function failure(error: unknown): LedgerReport {
  if (error instanceof ReadTooMuch) return { kind: 'large' };
  if (error instanceof ContractError) return { kind: 'refused', error: error.toWire() };
  return { kind: 'failed', why: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

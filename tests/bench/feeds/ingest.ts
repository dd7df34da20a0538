import { join } from 'node:path';
import type { FeedBatch } from '../../../main/feeds/feed.ts';
import { openDatabase } from '../../../native/sqlite/database.ts';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import { createScratch } from '../../support/scratch.ts';
import { openWay } from './way.ts';

const READINGS = 1_000_000;
const SENSORS = 2000;
const BATCH = 500;
/** Rows in a transaction of the plain way. */
const COMMIT = 5000;
const T = 1_750_000_000_000;

/**
 * `ingest`: batches as a codec hands them over, through rules to the disk and a window, against prepared inserts of one row each in transactions of
 * 5,000. The hall has no binary protocol of its own: what a batch costs before it is one is in the rows of the protocols.
 */
export async function ingest(): Promise<BenchRow[]> {
  const batches = Array.from({ length: READINGS / BATCH }, (_, n): FeedBatch => {
    const observations = Array.from({ length: BATCH }, (_, k) => {
      const i = n * BATCH + k;
      return { sensor: `S-${i % SENSORS}`, t: T + i, value: 1 + (i % 100) / 100, quality: 'good' as const };
    });
    return { sentAt: T + n, observations, units: [] };
  });
  await hall(batches.slice(0, 200));
  const against = await plain(batches);
  const value = await hall(batches);
  return [
    {
      ...{ id: 'ingest', what: 'readings in batches of 500: rules, disk, a window', unit: 'readings/s' },
      ...{ value: Math.round(value), against: Math.round(against), ratio: value / against },
      limit: { least: 0.9, of: 'ratio' },
    },
  ];
}

async function hall(batches: readonly FeedBatch[]): Promise<number> {
  const scratch = createScratch();
  try {
    const way = scratch.keep(await openWay(scratch.folder('bench'), SENSORS), (it) => it.close());
    const sink = way.telemetry.sinkOf({ id: 'bench', owns: [] });
    const began = performance.now();
    for (const [n, batch] of batches.entries()) {
      if (sink.push(batch).slow) await sink.ready();
      // Sockets and timers have their turn, as between two messages of a source.
      if (n % 10 === 9) await new Promise(setImmediate);
    }
    way.flush();
    const seconds = (performance.now() - began) / 1000;
    if (way.telemetry.dropped() > 0) throw new Error(`${way.telemetry.dropped()} readings were not written down`);
    return (batches.length * BATCH) / seconds;
  } finally {
    await scratch.clear();
  }
}

async function plain(batches: readonly FeedBatch[]): Promise<number> {
  const scratch = createScratch();
  try {
    const db = scratch.keep(openDatabase(join(scratch.folder('bench'), 'plain.db')), (it) => it.close());
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.exec('CREATE TABLE readings (sensor INTEGER, t INTEGER, value REAL, quality INTEGER)');
    const insert = db.prepare<[number, number, number, number]>('INSERT INTO readings VALUES (?, ?, ?, ?)');
    const numbers = new Map(Array.from({ length: SENSORS }, (_, i) => [`S-${i}`, i]));
    const write = db.transaction((some: readonly FeedBatch[]) => {
      for (const { observations } of some)
        for (const { sensor, t, value } of observations) insert.run(numbers.get(sensor) ?? 0, t, value, 0);
    });
    const began = performance.now();
    const step = COMMIT / BATCH;
    for (let n = 0; n < batches.length; n += step) write(batches.slice(n, n + step));
    return READINGS / ((performance.now() - began) / 1000);
  } finally {
    await scratch.clear();
  }
}

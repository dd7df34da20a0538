import { join } from 'node:path';
import { WebSocket } from 'ws';
import { openDatabase } from '../../../native/sqlite/database.ts';
import { createRows } from '../../../native/sqlite/telemetryRows.ts';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import { createScratch } from '../../support/scratch.ts';
import { jsonFeed, openJsonSender } from './jsonSender.ts';
import { openWay } from './way.ts';

const MESSAGES = 150_000;
/** That readings come from. */
export const SENSORS = 2000;
/** Rows in a transaction of the plain way. */
const COMMIT = 5000;

/** `ingest-json`: readings of ws-json one a message, through rules to the disk and a window, against a bare socket, `JSON.parse` and the same inserts. */
export async function ingestJson(): Promise<BenchRow[]> {
  // Warm: otherwise the first figure pays for everybody's compilation.
  await bare(MESSAGES / 5);
  await hallJson(MESSAGES / 5);
  const against = await bare(MESSAGES);
  const value = await hallJson(MESSAGES);
  return [
    {
      ...{ id: 'ingest-json', what: 'readings of ws-json one by one: rules, disk, a window', unit: 'readings/s' },
      ...{ value: Math.round(value), against: Math.round(against), ratio: value / against },
      limit: { least: 0.75, of: 'ratio' },
    },
  ];
}

/** Readings a second by the hall's way. */
export async function hallJson(messages: number): Promise<number> {
  const scratch = createScratch();
  try {
    const way = scratch.keep(await openWay(scratch.folder('bench'), SENSORS, 1e6), (it) => it.close());
    const sender = scratch.keep(await openJsonSender(messages, SENSORS), (it) => it.close());
    way.feeds.add(jsonFeed('bench', sender.url));
    const seconds = await way.until('bench', messages);
    if (way.rejects.total() > 0 || way.shown() === 0)
      throw new Error(`${way.rejects.total()} refused, ${way.shown()} bytes in the window`);
    return messages / seconds;
  } finally {
    await scratch.clear();
  }
}

async function bare(messages: number): Promise<number> {
  const scratch = createScratch();
  try {
    const db = scratch.keep(openDatabase(join(scratch.folder('bench'), 'bare.db')), (it) => it.close());
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    const rows = createRows(db, 'readings', ['sensor', 't', 'value', 'quality']);
    const write = db.transaction((flat: readonly number[]) => rows.insert(flat));
    const sender = scratch.keep(await openJsonSender(messages, SENSORS), (it) => it.close());
    const socket = scratch.keep(new WebSocket(sender.url, { perMessageDeflate: false }), (it) => it.terminate());
    const numbers = new Map(Array.from({ length: SENSORS }, (_, i) => [`S-${i}`, i]));
    let [got, began, flat] = [0, 0, [] as number[]];
    await new Promise<void>((resolve) => {
      socket.on('message', (data: Buffer) => {
        if (got === 0) began = performance.now();
        const { obs } = JSON.parse(data.toString('utf8')) as { obs: { sensor: string; t: number; value: number }[] };
        for (const { sensor, t, value } of obs) flat.push(numbers.get(sensor) ?? 0, t, value, 0);
        if (++got % COMMIT > 0 && got < messages) return;
        write(flat);
        flat = [];
        if (got === messages) resolve();
      });
    });
    return messages / ((performance.now() - began) / 1000);
  } finally {
    await scratch.clear();
  }
}

import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import { createScratch } from '../../support/scratch.ts';
import { until } from '../../support/until.ts';
import { jsonFeed, openJsonSender } from './jsonSender.ts';
import { openWay } from './way.ts';

const SENSORS = 2000;
/** More than anything reads in the time. */
const MESSAGES_A_SECOND = 150_000;
const HOSTILE = ['bombs', 'huge', 'garbage'] as const;

// Each sends one kind of mischief as fast as it is read, and again to whoever comes back.
const PROGRAM = `
const { workerData, parentPort } = require('node:worker_threads');
const { randomBytes } = require('node:crypto');
const { WebSocketServer } = require('ws');
const made = {
  bombs: () => ['['.repeat(1000000), false],
  huge: () => [Buffer.alloc(100 * 1024 * 1024, 0x20), false],
  garbage: () => [randomBytes(1024), true],
}[workerData]();
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('listening', () => parentPort.postMessage(server.address().port));
server.on('connection', async (socket) => {
  socket.on('error', () => {});
  while (socket.readyState === 1) {
    socket.send(made[0], { binary: made[1] });
    while (socket.bufferedAmount > 1000000 && socket.readyState === 1) await new Promise((resolve) => setTimeout(resolve, 1));
    await new Promise(setImmediate);
  }
});
`;

/**
 * `hostile`: readings a second of a good source, while three others send deep JSON, frames of 100 MB and noise as fast as the hall reads them, against the
 * good one alone; each within the share of the hall's thread that any feed has.
 */
export async function hostile(seconds: number): Promise<BenchRow[]> {
  await goodRate([], 1);
  const against = await goodRate([], seconds);
  const value = await goodRate(HOSTILE, seconds);
  return [
    {
      ...{ id: 'hostile', what: 'a good feed’s readings beside bombs, 100 MB frames and noise', unit: 'readings/s' },
      ...{ value: Math.round(value), against: Math.round(against), ratio: value / against },
      limit: { least: 0.9, of: 'ratio' },
    },
  ];
}

async function goodRate(others: readonly (typeof HOSTILE)[number][], seconds: number): Promise<number> {
  const scratch = createScratch();
  try {
    const way = scratch.keep(await openWay(scratch.folder('bench'), SENSORS), (it) => it.close());
    for (const kind of others) {
      const worker = scratch.keep(new Worker(PROGRAM, { eval: true, workerData: kind }), (it) => it.terminate());
      const [port] = (await once(worker, 'message')) as [number];
      way.feeds.add(jsonFeed(kind, `ws://127.0.0.1:${port}`));
    }
    await until(() => others.length === 0 || way.rejects.total() >= others.length, {
      what: 'mischief',
      within: 30_000,
    });
    const messages = Math.ceil(seconds * MESSAGES_A_SECOND);
    const sender = scratch.keep(await openJsonSender(messages, SENSORS), (it) => it.close());
    way.feeds.add(jsonFeed('good', sender.url));
    await way.until('good', 1);
    const before = way.taken('good');
    const began = performance.now();
    await delay(seconds * 1000);
    const taken = way.taken('good') - before;
    if (before + taken >= messages) throw new Error('the good source had nothing left to send');
    return taken / ((performance.now() - began) / 1000);
  } finally {
    await scratch.clear();
  }
}

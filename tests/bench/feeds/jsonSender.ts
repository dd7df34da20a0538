import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Time of the first reading: past, so that no clock is ahead. */
const T = 1_750_000_000_000;

// It has its own thread and its messages ready, so that what is measured is receiving. Read again and again they would be late.
const PROGRAM = `
const { workerData, parentPort } = require('node:worker_threads');
const { WebSocketServer } = require('ws');
const { messages, sensors } = workerData;
const texts = [];
for (let seq = 0; seq < messages; seq++)
  texts.push(Buffer.from(JSON.stringify({ v: 1, seq, t: ${T} + seq, obs: [{ sensor: 'S-' + (seq % sensors), t: ${T} + seq, value: 1 + (seq % 100) / 100 }] })));
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('listening', () => parentPort.postMessage(server.address().port));
server.on('connection', async (socket) => {
  for (let seq = 0; seq < messages && socket.readyState === 1; ) {
    socket._socket.cork();
    for (let n = 0; n < 100 && seq < messages; n++) socket.send(texts[seq++], { binary: false });
    socket._socket.uncork();
    while (socket.bufferedAmount > 1000000) await new Promise((resolve) => setTimeout(resolve, 1));
    await new Promise(setImmediate);
  }
});
`;

/** A source of ws-json that sends so many messages of one reading each, of the sensors in turn, as fast as they are read. */
export async function openJsonSender(messages: number, sensors: number): Promise<{ url: string; close(): unknown }> {
  const worker = new Worker(PROGRAM, { eval: true, workerData: { messages, sensors } });
  const [port] = (await once(worker, 'message')) as [number];
  return { url: `ws://127.0.0.1:${port}`, close: () => worker.terminate() };
}

/** A feed's file that dials it. */
export const jsonFeed = (id: string, url: string) => ({
  ...{ id, protocol: 'ws-json' as const, name: { zh: '基准', en: 'Bench' }, url, crs: 'wgs84' as const },
  ...{ owns: [], silentAfter: 60, maxMessagesPerSecond: 1_000_000 },
});

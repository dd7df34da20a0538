import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { createScratch } from '../../tests/support/scratch.ts';
import { until } from '../../tests/support/until.ts';
import type { Viewer } from './broadcasts.ts';
import { openRtspServer } from './rtsp.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());
const TOKEN = 'a-secret-of-a-test';
const SEED = 20261128;

/** Two cameras, one of which is gone and one not painted yet, and who watches the first. */
async function rig() {
  const viewers = new Set<Viewer>();
  const faults: unknown[] = [];
  const say = () => undefined;
  const server = scratch.keep(
    await openRtspServer({
      ...{ port: 0, token: TOKEN },
      log: { debug: say, info: say, warn: say, error: (what: unknown) => void faults.push(what) },
      broadcasts: {
        ready: ({ id }) => id !== 'CAM-3',
        async join(_, form, viewer) {
          expect(form).toBe('rtp');
          viewers.add(viewer);
          return () => void viewers.delete(viewer);
        },
      },
      camera: (id) =>
        id === 'CAM-2' ? 'gone' : /^CAM-[13]$/.test(id) ? { id, name: '口', scene: 'arterial' as const } : null,
    }),
    (it) => it.close(),
  );
  const url = (id: string, token = TOKEN) => `rtsp://127.0.0.1:${server.port}/cam/${id}?k=${token}`;
  const dial = () => {
    const socket = scratch.keep(connect(server.port, '127.0.0.1'), (it) => it.destroy());
    let heard = '';
    socket.setEncoding('latin1').on('data', (text) => {
      heard += text;
    });
    socket.on('error', () => undefined);
    let sequence = 0;
    return {
      socket,
      heard: () => heard,
      /** Answers the first line of the answer. */
      async ask(method: string, at: string, head = ''): Promise<string> {
        const before = heard.length;
        socket.write(`${method} ${at} RTSP/1.0\r\nCSeq: ${++sequence}\r\n${head}\r\n`);
        await until(() => heard.slice(before).includes(`CSeq: ${sequence}\r\n`), { what: method });
        return heard.slice(before).split('\r\n')[0] ?? '';
      },
    };
  };
  return { port: server.port, url, dial, viewers, faults };
}

const TCP = 'Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n';

test('a camera is described, set up and played in the connection itself, from a key picture on, until the client leaves', async () => {
  const { url, dial, viewers } = await rig();
  const { ask, heard, socket } = dial();
  expect(await ask('OPTIONS', url('CAM-1'))).toBe('RTSP/1.0 200 OK');
  expect(await ask('DESCRIBE', url('CAM-1'))).toBe('RTSP/1.0 200 OK');
  expect(heard()).toMatch(/a=rtpmap:96 H264\/90000\r\n/);
  const base = /Content-Base: (\S+)/.exec(heard())?.[1] ?? '';
  expect(await ask('SETUP', `${base}video`, 'Transport: RTP/AVP;unicast;client_port=5000-5001\r\n')).toMatch(/ 461 /);
  expect(await ask('SETUP', `${base}video`, TCP)).toMatch(/ 200 /);
  expect(await ask('PLAY', base)).toMatch(/ 200 /);
  const [viewer] = viewers;
  viewer?.take(Buffer.from('$before'), false);
  viewer?.take(Buffer.from('$key'), true);
  viewer?.take(Buffer.from('$after'), false);
  await until(() => heard().endsWith('$key$after'), { what: 'the pictures' });
  // What a client says of how it receives is passed over.
  socket.write(Buffer.from([0x24, 1, 0, 2, 0x41, 0x41]));
  expect(await ask('GET_PARAMETER', base)).toMatch(/ 200 /);
  expect(await ask('TEARDOWN', base)).toMatch(/ 200 /);
  await until(() => viewers.size === 0, { what: 'the end' });
});

test('another secret, a camera that is none, one that is not painted, what was not described, an unknown method: each is refused; one that is gone does not answer', async () => {
  const { url, dial, viewers } = await rig();
  const { ask } = dial();
  expect(await ask('DESCRIBE', url('CAM-1', 'guess'))).toMatch(/ 401 /);
  expect(await ask('SETUP', url('CAM-1'), TCP)).toMatch(/ 454 /);
  expect(await ask('PLAY', url('CAM-1'))).toMatch(/ 454 /);
  expect(await ask('DESCRIBE', url('CAM-9'))).toMatch(/ 404 /);
  expect(await ask('DESCRIBE', url('CAM-3'))).toMatch(/ 503 /);
  expect(await ask('RECORD', url('CAM-1'))).toMatch(/ 501 /);
  const gone = dial();
  gone.socket.write(`DESCRIBE ${url('CAM-2')} RTSP/1.0\r\nCSeq: 1\r\n\r\n`);
  await once(gone.socket, 'close');
  expect([gone.heard(), viewers.size]).toEqual(['', 0]);
});

test('whatever a client says, the server goes on, and shows nothing to whoever has not the secret', async () => {
  const { url, dial, port, viewers, faults } = await rig();
  const words = fc.oneof(
    fc.uint8Array({ maxLength: 100 }),
    fc.constantFrom(
      'DESCRIBE ',
      'PLAY ',
      'SETUP ',
      'rtsp://127.0.0.1/cam/CAM-1?k=x ',
      'RTSP/1.0\r\n',
      '\r\n\r\n',
      '$',
      'Content-Length: 9\r\n',
      TCP,
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(words, { maxLength: 12 }), async (said) => {
      const socket = connect(port, '127.0.0.1').on('error', () => undefined);
      const over = new Promise((resolve) => socket.once('close', resolve));
      socket.resume().end(Buffer.concat(said.map((word) => Buffer.from(word as string))));
      await over;
      expect(viewers.size).toBe(0);
    }),
    { seed: SEED, numRuns: 100 },
  );
  const endless = dial();
  endless.socket.write('x'.repeat(20_000));
  await once(endless.socket, 'close');
  expect(await dial().ask('DESCRIBE', url('CAM-1'))).toMatch(/ 200 /);
  expect(faults).toEqual([]);
});

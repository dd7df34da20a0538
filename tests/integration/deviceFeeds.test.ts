import { once } from 'node:events';
import { createServer, connect as dial, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../main/clock.ts';
import type { CodecSession, Decoded } from '../../main/feeds/codecs/codec.ts';
import { createDeviceFeed } from '../../main/feeds/devices/feed.ts';
import type { Delivered, Feed, FeedBatch } from '../../main/feeds/feed.ts';
import { type FeedConfig, readFeedConfig } from '../../main/feeds/registry.ts';
import { createRejects, type Rejects } from '../../main/rejects/rejects.ts';
import { until as waitUntil } from '../support/until.ts';

/** What a feed of devices does whatever its protocol is: here one of lines, `device value`, answered by `ok`. */
const T = 1_750_000_000_000;
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const until = (holds: () => boolean, what: string) => waitUntil(holds, { what, within: 20_000 });

function lines(): CodecSession {
  let rest = '';
  return {
    take(bytes): Decoded {
      const whole = (rest + Buffer.from(bytes).toString()).split('\n');
      rest = whole.pop() ?? '';
      const records: Decoded['records'][number][] = [];
      const faults: Decoded['faults'][number][] = [];
      for (const line of whole) {
        if (line === 'break') throw new Error('a defect of the codec');
        const [device = '', value = ''] = line.split(' ');
        if (value !== '')
          records.push({ kind: 'reading', device, item: '39', t: T, value: Number(value), quality: 'good' });
        else
          faults.push({ path: '', message: { zh: '坏', en: 'bad' }, remedy: { zh: '改', en: 'Mend.' }, excerpt: line });
      }
      // `long` is what makes a long answer.
      const replies = records.map(({ device }) =>
        device === 'long' ? Buffer.alloc(65_536, 'x') : Buffer.from('ok\n'),
      );
      return { messages: records.length, sentAt: null, records, replies, faults, refused: faults.length };
    },
    kept: () => Buffer.byteLength(rest),
  };
}

describe('a feed of devices over real sockets', () => {
  let rejects: Rejects;
  let batches: FeedBatch[];
  let answer: (batch: FeedBatch) => Delivered;
  let ready: () => Promise<void>;
  let feed: Feed;
  let port = 0;
  const sockets: Socket[] = [];

  const open = (more: object = {}): Feed => {
    const config = {
      ...(readFeedConfig(
        'f.yaml',
        'id: f\nprotocol: sl651\nname: { zh: 源, en: Source }\nlisten: 127.0.0.1:1\ndevices: [{ device: "1", readings: { "39": WL-001 } }]\n',
      ) as Extract<FeedConfig, { protocol: 'sl651' }>),
      listen: { host: '127.0.0.1', port: 0 },
      ...more,
    };
    const log = {
      ...quiet,
      info(fields: { port?: number }) {
        port = fields.port ?? port;
      },
    };
    feed = createDeviceFeed(
      config,
      {
        ...{ clock: systemClock(), log, rejects, secret: () => '' },
        directory: { hasSensor: () => true, hasUnit: () => true },
      },
      () => ({
        ...{ open: lines, openAgain: lines, canonical: (device) => device },
        ...{ discreet: (bytes) => bytes, restored: (bytes) => bytes },
      }),
    );
    feed.start({
      push(batch) {
        batches.push(batch);
        return answer(batch);
      },
      ready: () => ready(),
    });
    return feed;
  };
  const device = async (): Promise<{ socket: Socket; heard: () => string }> => {
    await until(() => port > 0, 'the feed listens');
    const socket = dial(port, '127.0.0.1');
    sockets.push(socket);
    let heard = '';
    socket.on('data', (bytes) => {
      heard += bytes;
    });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return { socket, heard: () => heard };
  };
  const values = () => batches.flatMap(({ observations }) => observations.map(({ value }) => value));

  beforeEach(() => {
    port = 0;
    batches = [];
    rejects = createRejects({ clock: systemClock(), limit: 50 });
    answer = () => ({ slow: false, rejected: 0, late: 0, faults: [] });
    ready = () => Promise.resolve();
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await feed.stop();
  });

  test('a device’s value is delivered and answered, and the feed is live', async () => {
    open();
    const { socket, heard } = await device();
    socket.write('1 4.');
    socket.write('5\n1 5\n');
    await until(() => values().length === 2 && heard() === 'ok\nok\n', 'two values, answered');
    expect(values()).toEqual([4.5, 5]);
    expect(batches[0]?.observations[0]).toEqual({ sensor: 'WL-001', t: T, value: 4.5, quality: 'good' });
    expect(feed.health()).toMatchObject({ state: 'live', received: 2, rejected: 0, gaps: 0, clockOffsetMs: null });
  });

  test('what is malformed is kept and counted, and the other device’s values come', async () => {
    open();
    const bad = await device();
    const good = await device();
    bad.socket.write('nonsense\n9 4\n');
    await until(() => rejects.total() === 2, 'two refusals');
    expect(feed.health()).toMatchObject({ state: 'connecting', rejected: 2 });
    good.socket.write('1 7\n');
    await until(() => values().length === 1, 'the good value');
    expect(rejects.list().map(({ source, message }) => [source, message.en])).toEqual([
      ['f', "the feed's list has no device 9"],
      ['f', 'bad'],
    ]);
    expect(feed.health().devices).toEqual({
      connected: 2,
      strangers: ['- { device: "9", readings: { "39": SENSOR-ID } }'],
      strangerCount: 1,
    });
  });

  test('a device that sends nothing but what is refused is not read for a while, and the others are', async () => {
    open();
    const bad = await device();
    const good = await device();
    // One by one, as a flood of faulty frames comes.
    const flood = setInterval(() => bad.socket.write('x\n'), 1);
    try {
      await until(() => rejects.total() >= 100, 'a hundred refusals');
      const at = rejects.total();
      for (let i = 0; i < 20; i++) good.socket.write(`1 ${i}\n`);
      await until(() => values().length === 20, 'the good device’s values');
      expect(rejects.total()).toBeLessThan(at + 20);
    } finally {
      clearInterval(flood);
    }
  });

  test('while the hall takes no more, no device is read, and nothing is lost', async () => {
    open();
    const { promise, resolve: free } = Promise.withResolvers<void>();
    ready = () => promise;
    answer = () => ({ slow: batches.length === 1, rejected: 0, late: 0, faults: [] });
    const one = await device();
    one.socket.write('1 0\n');
    await until(() => values().length === 1, 'the first value');
    const two = await device();
    two.socket.write('1 1\n');
    one.socket.write('1 2\n');
    await until(() => one.socket.bytesWritten > 4 && two.socket.bytesWritten > 0, 'both have sent');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(values()).toEqual([0]);
    free();
    await until(() => values().length === 3, 'all values');
    expect(values().toSorted()).toEqual([0, 1, 2]);
  });

  test('one device more than may be connected is turned away and named; when one leaves there is room', async () => {
    open({ maxConnections: 1 });
    const first = await device();
    await until(() => port > 0, 'listening');
    first.socket.write('1 1\n');
    await until(() => values().length === 1, 'the first is in');
    const second = await device();
    if (!second.socket.closed) await once(second.socket, 'close');
    expect(rejects.list()[0]?.message.en).toMatch(/^1 devices are connected: 127\.0\.0\.1:\d+ was turned away$/);
    first.socket.destroy();
    await until(() => {
      if (values().length < 2 && sockets.at(-1)?.closed !== false)
        void device().then(({ socket }) => socket.write('1 2\n'));
      return values().length >= 2;
    }, 'another in its place');
  });

  test('an address that is taken is said, and tried again until it is free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const taken = (other.address() as { port: number }).port;
    open({ listen: { host: '127.0.0.1', port: taken } });
    await until(() => feed.health().state === 'down', 'down');
    expect(feed.health().error?.en).toMatch(
      new RegExp(`^cannot listen on 127\\.0\\.0\\.1:${taken} \\(EADDRINUSE\\): the port is taken`),
    );
    expect(feed.health().fault).toBe('cannot-listen');
    other.close();
    const { socket } = await device();
    socket.write('1 3\n');
    await until(() => values().length === 1 && feed.health().state === 'live', 'live');
  });

  test('the password of a device that dials the wrong port is not kept in the clear', async () => {
    open();
    const { socket } = await device();
    const hex = Buffer.from('PW=654321;MN=8').toString('hex');
    socket.write(`QN=1;PW=654321;MN=8\n${hex}\n`);
    await until(() => rejects.total() === 2, 'two refusals');
    expect(rejects.list().map(({ excerpt }) => excerpt)).toEqual(['50573d…3b4d4e3d38', 'QN=1;PW=******;MN=8']);
  });

  test('a defect of a codec closes its connection, is kept, and costs no other device', async () => {
    open();
    const broken = await device();
    const good = await device();
    broken.socket.write('break\n');
    if (!broken.socket.closed) await once(broken.socket, 'close');
    good.socket.write('1 8\n');
    await until(() => values().length === 1, 'the good value');
    expect(rejects.list()[0]?.message.en).toBe('the hall failed to read a message');
  });

  test('a device that reads none of its answers is let go', async () => {
    open();
    const { socket } = await device();
    socket.pause();
    let gone = false;
    socket.on('close', () => {
      gone = true;
    });
    // Once the system's buffers are full the hall's own limit is near.
    await until(() => {
      if (socket.writable) socket.write('long 1\n');
      return gone;
    }, 'being let go');
  });
});

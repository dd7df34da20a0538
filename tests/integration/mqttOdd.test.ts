import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { halfSaid } from '../support/bothLanguages.ts';
import { createScratch } from '../support/scratch.ts';
import { createMqttRig, fileOf, levelOf, until } from './mqttFeed.rig.ts';

/** A feed beside what is no broker, or an odd one: bytes as MQTT 3.1.1 and 5 have them, written by hand. */
const scratch = createScratch();
let hall: ReturnType<typeof createMqttRig>;

const CONNECT = 0x10;
const SUBSCRIBE = 0x82;
const hex = (bytes: string) => Buffer.from(bytes.replaceAll(' ', ''), 'hex');
const publish = (topic: string, payload: string): Buffer => {
  const body = Buffer.concat([Buffer.from([0, topic.length]), Buffer.from(topic + payload)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
};
/** Lets the feed in; what it subscribes to is answered by the given bytes. */
const letIn =
  (version: 4 | 5, grants: string, then: (socket: Socket) => void = () => {}) =>
  (socket: Socket, bytes: Buffer): void => {
    if (bytes[0] === CONNECT) socket.write(hex(version === 5 ? '20 03 00 00 00' : '20 02 00 00'));
    if (bytes[0] !== SUBSCRIBE) return;
    const id = bytes.subarray(2, 4);
    const codes = hex(grants);
    const rest = version === 5 ? Buffer.concat([id, Buffer.from([0]), codes]) : Buffer.concat([id, codes]);
    socket.write(Buffer.concat([Buffer.from([0x90, rest.length]), rest]));
    then(socket);
  };

/** @param answer what is done about what the feed sends */
async function listen(answer: (socket: Socket, bytes: Buffer) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (bytes) => answer(socket, bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  scratch.keep(server, () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeEach(() => {
  hall = createMqttRig();
});
afterEach(async () => {
  await hall.close();
  await scratch.clear();
});

const answer = (bytes: string) => (socket: Socket) => void socket.write(hex(bytes));

test.each<[string, string, (socket: Socket, bytes: Buffer) => void, string, RegExp]>([
  ['answers nonsense', '5', (socket) => socket.end('SSH-2.0-OpenSSH\r\n'), 'not-a-feed', /flag/],
  ['hangs up', '5', (socket) => socket.destroy(), 'closed', /closed the connection|ECONNRESET/],
  ['does not know the version', '3.1.1', answer('20 02 00 01'), 'not-a-feed', /write `version/],
  ['knows only the version before', '5', answer('20 02 00 01'), 'not-a-feed', /write `version/],
  ['refuses the name', '3.1.1', answer('20 02 00 02'), 'unauthorised', /`clientId`/],
  ['is out of service', '3.1.1', answer('20 02 00 03'), 'refused', /out of service/],
  ['refuses the login', '3.1.1', answer('20 02 00 04'), 'unauthorised', /`password`/],
  ['gives no right', '3.1.1', answer('20 02 00 05'), 'unauthorised', /let this station in/],
  ['has banned the station', '5', answer('20 03 00 8a 00'), 'unauthorised', /let this station in/],
  ['gives a reason that nobody knows', '5', answer('20 03 00 f7 00'), 'closed', /code 247/],
  ['lets no topic be subscribed to', '3.1.1', letIn(4, '80 80'), 'unauthorised', /none of its topics/],
  ['lets no topic be subscribed to', '5', letIn(5, '87 87'), 'unauthorised', /none of its topics/],
  ['gives the session to another', '5', letIn(5, '01 01', answer('e0 02 8e 00')), 'closed', /same `clientId`/],
])('what %s is told as that, over MQTT %s', async (_what, version, does, fault, why) => {
  const url = await listen(does);
  await hall.open(fileOf(url, `version: ${version}\n`, '"city/+/up", other'));
  // A connection that is let in and ended is down only for a moment.
  await until(() => hall.logged.some((line) => why.test(line)), 'it is told');
  await hall.down();
  expect(hall.health().fault).toBe(fault);
  expect(halfSaid(hall.health().error ?? { zh: '', en: '' })).toBeNull();
});

test.each([4, 5] as const)(
  'a topic that may not be subscribed to is named, and the others are heard, over MQTT %i',
  async (version) => {
    const url = await listen(
      letIn(version, version === 5 ? '01 87' : '01 80', (socket) => {
        const bytes = publish('city/d1/up', levelOf(1));
        // Of MQTT 5 a message has properties, here none.
        const at = 4 + 'city/d1/up'.length;
        const five = Buffer.concat([bytes.subarray(0, at), Buffer.from([0]), bytes.subarray(at)]);
        five[1] = (five[1] ?? 0) + 1;
        socket.write(version === 5 ? five : bytes);
      }),
    );
    await hall.open(fileOf(url, version === 5 ? '' : 'version: 3.1.1\n', '"city/+/up", secret/all'));
    await until(() => hall.health().state === 'live', 'it is live');
    expect(hall.values()).toEqual([1]);
    expect(hall.rejects.list().map(({ path, message, excerpt }) => [path, halfSaid(message), excerpt])).toEqual([
      ['topics', null, 'secret/all'],
    ]);
  },
);

test('a topic that nobody asks for any more is passed over, and told once', async () => {
  const all = Buffer.concat(
    ['old/d1/up', 'city/d1/up', 'old/d1/up', 'city/d1/up'].map((topic) => publish(topic, levelOf(1))),
  );
  const url = await listen(letIn(4, '01', (socket) => void socket.write(all)));
  await hall.open(fileOf(url, 'version: 3.1.1\n'));
  await until(() => hall.values().length === 2, 'what was asked for came');
  expect(hall.rejects.list().map(({ path, excerpt }) => [path, excerpt])).toEqual([['topics', 'old/d1/up']]);
  expect(hall.health()).toMatchObject({ received: 2, rejected: 0 });
});

test('a packet without end is not waited for, and what it has brought is let go', async () => {
  const chunk = Buffer.alloc(1024 * 1024, 'x');
  let poured = 0;
  const url = await listen(
    letIn(4, '01', (socket) => {
      // A message of 256 MiB begins.
      socket.write(hex('30 ff ff ff 7f'));
      const pour = (): void => {
        if (socket.destroyed || poured > 64) return;
        poured++;
        socket.write(chunk, () => setImmediate(pour));
      };
      pour();
    }),
  );
  await hall.open(fileOf(url, 'version: 3.1.1\n'));
  await until(() => hall.logged.some((line) => line.includes('far too long')), 'it is told');
  expect(poured).toBeLessThan(32);
});

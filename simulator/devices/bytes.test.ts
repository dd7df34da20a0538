import { connect } from 'node:net';
import fc from 'fast-check';
import { connectAsync } from 'mqtt';
import { afterEach, expect, test } from 'vitest';
import { createScratch } from '../../tests/support/scratch.ts';
import { until } from '../../tests/support/until.ts';
import { jt808Frame, jt808Tokens } from './jt808.ts';
import { openMqttBroker } from './mqttBroker.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());
const SEED = 20261128;
const LOGIN = { username: 'hall', password: 'a password' };

const broker = async () => scratch.keep(await openMqttBroker(LOGIN), (it) => it.close());

test('a client that logs in and subscribes is told what is published; one with another password is turned away', async () => {
  const { port, publish } = await broker();
  const url = `mqtt://127.0.0.1:${port}`;
  const heard: string[] = [];
  const dialled = await connectAsync(url, { ...LOGIN, protocolVersion: 4, reconnectPeriod: 0 });
  const client = scratch.keep(dialled, (it) => it.endAsync(true));
  client.on('message', (topic, message) => heard.push(`${topic} ${message}`));
  await client.subscribeAsync(['weather/+/wind', 'x']);
  publish('weather/WD-001/wind', `{"speed":3.5,"more":"${'风'.repeat(200)}"}`);
  await until(() => heard.length > 0, { what: 'the message' });
  expect(heard[0]).toMatch(/^weather\/WD-001\/wind \{"speed":3\.5/);
  const other = connectAsync(url, { ...LOGIN, password: 'guess', protocolVersion: 4, reconnectPeriod: 0 });
  await expect(other).rejects.toThrow();
});

test('whatever bytes come, the broker goes on, and tells nothing to whoever has not logged in', async () => {
  const { port, publish } = await broker();
  const subscribe = Uint8Array.from([0x82, 6, 0, 1, 0, 1, 0x23, 0]);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      let heard = '';
      const socket = connect(port, '127.0.0.1').on('error', () => undefined);
      socket.on('data', (said) => {
        heard += said.toString('latin1');
      });
      const over = new Promise((resolve) => socket.once('close', resolve));
      socket.write(bytes);
      socket.end(subscribe);
      publish('t', 'secret');
      await over;
      expect(heard).not.toContain('secret');
    }),
    { seed: SEED, numRuns: 100 },
  );
});

test('tokens are found in what a centre answers, however it is cut; other bytes give none and do no harm', () => {
  const answer = (phone: string, token: string, result = 0) =>
    jt808Frame(0x8100, phone, 1, Buffer.concat([Buffer.from([0, 7, result]), Buffer.from(token)]));
  const stream = Buffer.concat([
    ...[answer('013800000001', 'one}~'), answer('013800000002', 'no', 4), answer('013800000003', 'three')],
  ]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), (cuts) => {
      const given: string[] = [];
      const read = jt808Tokens((phone, token) => given.push(`${phone} ${token}`));
      for (let at = 0, i = 0; at < stream.length; i++) {
        const next = at + (cuts[i % cuts.length] ?? 1);
        read(stream.subarray(at, next));
        at = next;
      }
      expect(given).toEqual(['013800000001 one}~', '013800000003 three']);
    }),
    { seed: SEED },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const given: string[] = [];
      jt808Tokens((phone) => given.push(phone))(Buffer.from(bytes));
      expect(given).toEqual([]);
    }),
    { seed: SEED },
  );
});

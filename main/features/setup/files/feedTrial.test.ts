import { type AddressInfo, connect, createServer } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { createScratch } from '../../../../tests/support/scratch.ts';
import { systemClock } from '../../../clock.ts';
import type { FeedDeps } from '../../../feeds/deps.ts';
import { type FeedConfig, readFeedConfig } from '../../../feeds/registry.ts';
import { FileRefusal } from '../saying.ts';
import { createFeedTrials, type FeedTrials } from './feedTrial.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

function hall(used: FeedConfig[] = []) {
  const hears = new Map<string, Set<NonNullable<FeedDeps['heard']>>>();
  const trials = createFeedTrials({
    clock: systemClock(),
    directory: { hasSensor: (id) => id === 'WL-1', hasUnit: () => false },
    feeds: {
      configs: () => used,
      tap(id, hear) {
        const all = hears.get(id) ?? new Set();
        hears.set(id, all.add(hear));
        return () => all.delete(hear);
      },
    },
    sensors: new Map([['WL-1', { name: { zh: '东门水位', en: 'East Gate' }, unit: 'm' }]]),
    units: new Map(),
  });
  scratch.keep(trials, (each) => each.close());
  const hear = (id: string, text: string) => {
    for (const each of hears.get(id) ?? []) each(Buffer.from(text), 'A1:1');
  };
  return { trials, hear, taps: (id: string) => hears.get(id)?.size ?? 0 };
}
const until = async (trials: FeedTrials, trial: string, is: (view: ReturnType<FeedTrials['view']>) => boolean) => {
  await vi.waitUntil(() => is(trials.view(trial)), { timeout: 20_000, interval: 20 });
  return trials.view(trial);
};
const config = (text: string) => readFeedConfig('feeds/a.yaml', text);
const posts = (id: string) =>
  config(`id: ${id}\nprotocol: http-json\nname: { zh: 甲, en: A }\ntoken: a-token-of-a-test-system\ncrs: wgs84\n`);
const hj212 = (port: number) =>
  config(
    `id: air\nprotocol: hj212\nname: { zh: 气, en: Air }\nlisten: 127.0.0.1:${port}\ndevices: [{ device: A1, password: "123456", readings: { w01: WL-1 } }]\n`,
  );

describe('a feed tried as it is written', () => {
  test('shows ten messages raw and as they would be taken, by name, with every complaint and the clock; then it is over', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    scratch.keep(server, () => new Promise((resolve) => server.close(resolve)));
    server.on('connection', (socket) => {
      scratch.keep(socket, () => socket.terminate());
      const t = Date.now() - 7000;
      const obs = [
        { sensor: 'WL-1', t, value: 0.25 },
        { sensor: 'NONE', t, value: 1 },
      ];
      socket.send('no json');
      for (let seq = 1; seq < 30; seq++) socket.send(JSON.stringify({ v: 1, seq, t, obs }));
    });
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const { trials } = hall();
    const { trial } = trials.begin(
      config(`id: w\nprotocol: ws-json\nname: { zh: 水, en: W }\nurl: ws://127.0.0.1:${port}/\ncrs: wgs84\n`),
    );
    const view = await until(trials, trial, ({ phase }) => phase !== 'under-way');
    expect(view).toMatchObject({ phase: 'heard', taps: null, listens: null, taken: 9 });
    expect(view.messages).toHaveLength(10);
    expect(view.messages[0]).toMatchObject({
      number: 1,
      raw: 'no json',
      isText: true,
      recordCount: 0,
      refusalCount: 1,
    });
    expect(view.messages[1]).toMatchObject({
      records: [{ is: 'reading', id: 'WL-1', name: { zh: '东门水位' }, said: { en: '0.25 m' }, ahead: false }],
      refusals: [{ message: { en: expect.stringContaining('NONE') } }],
    });
    expect(Math.round((view.clockOffsetMs ?? 0) / 1000)).toBeLessThanOrEqual(-6);
  });

  test('of a feed in use, which alone can listen there or is posted to, reads what that hears, by the words of the draft', async () => {
    const { trials, hear, taps } = hall([posts('water'), posts('other')]);
    expect(() => trials.begin(posts('new'))).toThrow(FileRefusal);
    const { trial, view } = trials.begin(posts('water'));
    expect(view).toMatchObject({ taps: 'water', messages: [] });
    const t = Date.now();
    hear('water', JSON.stringify({ v: 1, t, obs: [{ sensor: 'WL-1', t, value: 2 }] }));
    hear('other', 'x');
    hear('water', '{');
    expect(await until(trials, trial, ({ refused }) => refused > 0)).toMatchObject({
      messages: [{ records: [{ said: { zh: '2 m' } }] }, { raw: '{', refusalCount: 1 }],
      taken: 1,
    });
    expect(trials.end(trial)).toMatchObject({ phase: 'ended' });
    expect(taps('water')).toBe(0);
  });

  test('a device that the file does not name is offered as a line of it; passwords are not shown', async () => {
    const reserved = createServer();
    await new Promise<void>((resolve) => reserved.listen(0, '127.0.0.1', resolve));
    const { port } = reserved.address() as AddressInfo;
    await new Promise((resolve) => reserved.close(resolve));
    const { frameOf } = await import('../../../feeds/codecs/hj212/reply.ts');
    const { trials } = hall();
    const { trial, view } = trials.begin(hj212(port));
    expect(view.listens).toBe(`127.0.0.1:${port}`);
    const socket = scratch.keep(connect(port, '127.0.0.1'), (each) => each.destroy());
    socket.on('error', () => undefined);
    socket.write(
      frameOf(`QN=20261128090000000;ST=32;CN=2011;PW=123456;MN=B2;Flag=5;CP=&&DataTime=20261128090000;w01-Rtd=1&&`),
    );
    const seen = await until(trials, trial, ({ strangers }) => strangers.length > 0);
    expect(seen.strangers[0]).toContain('B2');
    expect(seen).toMatchObject({ connected: 1, clockOffsetMs: null });
    expect(seen.messages[0]?.raw).toContain('PW=******;MN=B2');
  });

  test('says why nothing can come, and ends at once; another trial ends the one before', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    scratch.keep(taken, () => taken.close());
    const { trials } = hall();
    const { trial } = trials.begin(hj212((taken.address() as AddressInfo).port));
    expect(await until(trials, trial, ({ phase }) => phase !== 'under-way')).toMatchObject({
      ...{ phase: 'cannot', fault: 'cannot-listen', error: { en: expect.stringContaining('the port is taken') } },
    });
    trials.begin(config('id: m\nprotocol: ws-json\nname: { zh: 水, en: W }\nurl: ws://127.0.0.1:9/\ncrs: wgs84\n'));
    expect(() => trials.view(trial)).toThrow('this trial is over');
  });
});

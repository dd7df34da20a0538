import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createFakeClock } from '../../../tests/fakes/clock.ts';
import { createScratch } from '../../../tests/support/scratch.ts';
import { until } from '../../../tests/support/until.ts';
import { createRejects } from '../../rejects/rejects.ts';
import type { FeedBatch, FeedSink } from '../feed.ts';
import { readFeedConfig } from '../registry.ts';
import { createFolderFeed } from './feed.ts';

const NOW = Date.parse('2026-11-28T06:00:00Z');
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const scratch = createScratch();
afterEach(() => scratch.clear());

const config = (folder: string) => {
  const feed = readFeedConfig(
    'f.yaml',
    `id: f
protocol: folder
name: { zh: 源, en: Source }
folder: ${folder}
messages: { device: "$.id", time: { at: "$.t", form: table }, readings: { level: "$.v" } }
columns: { device: 站码, time: 时间, readings: { level: "水位（m）" } }
devices: [{ device: "0012", readings: { level: WL-1 } }, { device: "0013", readings: { level: WL-2 } }]
`,
  );
  if (feed.protocol !== 'folder') throw new Error(feed.protocol);
  return feed;
};

function hallOn(folder: string, sink: Partial<FeedSink> = {}) {
  const clock = createFakeClock(NOW);
  const rejects = createRejects({ clock });
  const batches: FeedBatch[] = [];
  const feed = createFolderFeed(config(folder), {
    ...{ clock, rejects, log: quiet, secret: () => '' },
    directory: { hasSensor: () => true, hasUnit: () => true },
  });
  const push = (batch: FeedBatch) => {
    batches.push(batch);
    return { slow: false, rejected: 0, late: 0, faults: [] };
  };
  feed.start({ push, ready: () => Promise.resolve(), ...sink });
  scratch.keep(feed, () => feed.stop());
  /** It ticks, and waits for the next look. */
  const idle = () => until(() => clock.pending === 2, { what: 'the folder was looked at' });
  return {
    ...{ feed, clock, rejects, batches, idle },
    async looks(times: number) {
      await idle();
      for (let i = 0; i < times; i++) {
        await clock.advance(1000);
        await idle();
      }
    },
    values: () => batches.flatMap(({ observations }) => observations.map(({ sensor, value }) => [sensor, value])),
  };
}

const inside = (folder: string, name: string) => readdirSync(join(folder, name)).toSorted();
const HEAD = '站码,时间,水位(m)\n';
const json = (v: number) => JSON.stringify({ id: '0012', t: '2026-11-28 14:00:00', v });
/** 站码,时间,水位 of GBK. */
const gbk = (text: string) => {
  const codes: Record<string, number[]> = {
    ...{ 站: [0xd5, 0xbe], 码: [0xc2, 0xeb], 时: [0xca, 0xb1], 间: [0xbc, 0xe4], 水: [0xcb, 0xae], 位: [0xce, 0xbb] },
    ...{ '１': [0xa3, 0xb1], '２': [0xa3, 0xb2], '．': [0xa3, 0xae], '（': [0xa3, 0xa8], '）': [0xa3, 0xa9] },
  };
  return Buffer.from([...text].flatMap((char) => codes[char] ?? [...Buffer.from(char)]));
};

test('a table in GBK with full-width digits, one in UTF-8, JSON and lines of it are taken once each, and moved', async () => {
  const folder = scratch.folder('drop');
  const { values, looks, feed, batches } = hallOn(folder);
  await looks(0);
  writeFileSync(join(folder, 'a.csv'), gbk('站码,时间,水位（m）\n0012,2026/11/28 13:00,１２．１\n'));
  writeFileSync(
    join(folder, 'b.csv'),
    `\ufeff东区水位表,,\n${HEAD}0012,2026年11月28日13时5分,"1,002.5"\n0013,2026/11/28 13:05,—\n`,
  );
  writeFileSync(join(folder, 'c.json'), json(3));
  writeFileSync(join(folder, 'd.NDJSON'), `${json(4)}\n\n${json(5)}`);
  await looks(1);
  expect(values()).toEqual([]);
  await looks(2);
  expect(values().toSorted()).toEqual([12.1, 1002.5, 3, 4, 5].map((value) => ['WL-1', value]).toSorted());
  expect(batches.flatMap(({ observations }) => observations).find(({ value }) => value === 12.1)?.t).toBe(
    Date.parse('2026-11-28T05:00:00Z'),
  );
  await looks(5);
  expect(values()).toHaveLength(5);
  const stamp = /^2026112814000\d-[abcd]\./;
  expect(inside(folder, 'done').map((name) => stamp.test(name))).toEqual([true, true, true, true]);
  expect([readdirSync(folder).toSorted(), inside(folder, 'failed')]).toEqual([['done', 'failed'], []]);
  expect(feed.health()).toMatchObject({ state: 'live', received: 5, rejected: 0 });
});

test('what is still written is left alone: it grows, or has another name', async () => {
  const folder = scratch.folder('drop');
  const { values, looks } = hallOn(folder);
  const [growing, other] = [join(folder, 'a.csv'), join(folder, 'b.csv.part')];
  writeFileSync(other, `${HEAD}0013,2026/11/28 13:00,7\n`);
  let text = HEAD;
  for (let i = 0; i < 5; i++) {
    text += `0012,2026/11/28 13:0${i},${i}\n`;
    writeFileSync(growing, text);
    await looks(1);
  }
  expect(values()).toEqual([]);
  renameSync(other, join(folder, 'b.csv'));
  await looks(3);
  expect(values().toSorted()).toEqual([...[0, 1, 2, 3, 4].map((value) => ['WL-1', value]), ['WL-2', 7]]);
});

test('a wrong file is moved to the failed ones with a line that says why, and hurts no other', async () => {
  const folder = scratch.folder('drop');
  const outside = join(scratch.folder('elsewhere'), 'secret.json');
  writeFileSync(outside, json(66));
  const { values, looks, rejects, feed } = hallOn(folder);
  const wrong: Record<string, string | Buffer> = {
    'broken.json': '{"id":',
    'columns.csv': '站码,时间\n0012,2026/11/28 13:00\n',
    'empty.csv': '',
    'quote.csv': `${HEAD}0012,"2026/11/28`,
    'bytes.ndjson': Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0x80]),
    'large.json': `"${'x'.repeat(1024 * 1024)}"`,
    'stranger.json': JSON.stringify({ id: '9', t: '2026-11-28 14:00:00', v: 1 }),
  };
  for (const [name, text] of Object.entries(wrong)) writeFileSync(join(folder, name), text);
  mkdirSync(join(folder, 'folder.csv'));
  symlinkSync(outside, join(folder, 'link.json'));
  writeFileSync(join(folder, 'good.json'), json(1));
  await looks(3);
  expect(values()).toEqual([['WL-1', 1]]);
  const failed = inside(folder, 'failed').map((name) => name.replace(/^\d+-/, ''));
  expect(failed).toEqual(
    Object.keys(wrong)
      .flatMap((name) => [name, `${name}.txt`])
      .toSorted(),
  );
  for (const name of inside(folder, 'failed').filter((each) => each.endsWith('.txt'))) {
    const [first = '', ...said] = readFileSync(join(folder, 'failed', name), 'utf8')
      .trim()
      .split('\n');
    expect(first).toMatch(/^已采用 0 条，拒收 \d+ 条。 0 taken, \d+ refused\.$/);
    expect([said.some((line) => /\p{Script=Han}/u.test(line)), said.some((line) => /[a-z]{4}/.test(line))]).toEqual([
      true,
      true,
    ]);
  }
  expect(readdirSync(folder).toSorted()).toEqual(['done', 'failed', 'folder.csv', 'link.json']);
  // What is no file is nobody's mistake.
  expect(rejects.list().filter(({ excerpt }) => /^(link|folder)/.test(excerpt))).toEqual([]);
  expect(rejects.list().some(({ message }) => message.en.includes('no column "水位(m)"'))).toBe(true);
  expect(feed.health()).toMatchObject({ state: 'live', devices: { strangerCount: 1 } });
});

test('of a file that is wrong in places the rest is taken, and the places lie beside it', async () => {
  const folder = scratch.folder('drop');
  const { values, looks, feed } = hallOn(folder);
  writeFileSync(
    join(folder, 'a.csv'),
    `${HEAD}0012,2026/11/28 13:00,1\n0013,2026/13/28 13:00,2\n0013,2026/11/28 13:00,dry\n0013,2026/11/28 13:10,3\n`,
  );
  await looks(3);
  expect(values()).toEqual([
    ['WL-1', 1],
    ['WL-2', 3],
  ]);
  const [file = '', note = ''] = inside(folder, 'done');
  expect([file, note].map((name) => name.replace(/^\d+-/, ''))).toEqual(['a.csv', 'a.csv.txt']);
  const said = readFileSync(join(folder, 'done', note), 'utf8');
  expect(said).toContain('2 taken, 2 refused');
  for (const place of ['a.csv:3 ', 'a.csv:4 ', '水位(m): ']) expect(said).toContain(place);
  expect(feed.health()).toMatchObject({ received: 2, rejected: 2 });
});

test('a hall that is killed in the middle of a file goes on there: nothing is taken twice', async () => {
  const folder = scratch.folder('drop');
  const rows = Array.from(
    { length: 450 },
    (_, i) => `0012,2026/11/28 ${10 + Math.floor(i / 60)}:${String(i % 60).padStart(2, '0')},${i}`,
  );
  const taken: number[] = [];
  const push = ({ observations }: FeedBatch) => {
    taken.push(...observations.map(({ value }) => value));
    return { slow: true, rejected: 0, late: 0, faults: [] };
  };
  const first = hallOn(folder, { push, ready: () => new Promise(() => undefined) });
  await first.looks(0);
  writeFileSync(join(folder, 'a.csv'), HEAD + rows.join('\n'));
  for (let i = 0; i < 3 && taken.length === 0; i++) {
    await first.clock.advance(1000);
    await until(() => first.clock.pending === 2 || taken.length > 0, { what: 'a look' });
  }
  expect(taken).toHaveLength(200);
  const second = hallOn(folder);
  await second.looks(3);
  expect([...taken, ...second.values().map(([, value]) => value)]).toEqual(rows.map((_, i) => i));
  expect([readdirSync(folder).toSorted(), inside(folder, 'done').length]).toEqual([['done', 'failed'], 1]);
});

test('a file that cannot be moved is taken once, also by the next hall; the feed says so, and moves it when it can', async () => {
  const folder = scratch.folder('drop');
  writeFileSync(join(folder, 'done'), '');
  chmodSync(join(folder, 'done'), 0o755);
  const first = hallOn(folder);
  await first.looks(0);
  writeFileSync(join(folder, 'a.json'), json(1));
  await first.looks(5);
  expect([first.values(), first.feed.health().state]).toEqual([[['WL-1', 1]], 'down']);
  expect(first.feed.health().error?.en).toContain(folder);
  await first.feed.stop();
  const second = hallOn(folder);
  await second.looks(4);
  rmSync(join(folder, 'done'));
  await second.looks(2);
  expect([second.values(), inside(folder, 'done').length]).toEqual([[], 1]);
});

test('a file of which nobody can write down how far it was taken is not begun again', async () => {
  const folder = scratch.folder('drop');
  mkdirSync(join(folder, '.taken'));
  const rows = Array.from({ length: 250 }, (_, i) => `0012,2026/11/28 13:00:${String(i % 60).padStart(2, '0')},${i}`);
  const { looks, values } = hallOn(folder);
  await looks(0);
  writeFileSync(join(folder, 'a.csv'), HEAD + rows.join('\n'));
  await looks(6);
  expect(values().map(([, value]) => value)).toEqual(rows.map((_, i) => i));
  expect(inside(folder, 'done')).toHaveLength(1);
});

test('a folder that is not there is said, and is looked at once it is', async () => {
  const folder = join(scratch.folder('drop'), 'later');
  const { feed, looks, values } = hallOn(folder);
  await looks(1);
  expect(feed.health()).toMatchObject({
    state: 'down',
    fault: 'failed',
    error: { en: expect.stringContaining('make it') },
  });
  mkdirSync(folder);
  await looks(1);
  expect(feed.health()).toMatchObject({ state: 'connecting', error: null });
  writeFileSync(join(folder, 'a.json'), json(1));
  await looks(3);
  expect(values()).toEqual([['WL-1', 1]]);
});

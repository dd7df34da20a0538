import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';

/** Files of the hall's folder written from a window, on a whole hall. */
const scratch = createScratch();
const windows: Window[] = [];
let hall: HallProcess;
afterEach(async () => {
  for (const window of windows.splice(0)) window.close();
  await hall?.stop();
  await scratch.clear();
});

const FILES = {
  'hall.yaml': 'hall: 1\nname: { zh: 试验大厅, en: Test hall }\n',
  'city/a.yaml':
    'crs: wgs84\nsensors:\n  - { id: WL-1, kind: water-level, unit: m, name: { zh: 东, en: E }, lon: 121.5, lat: 31.2 }\n',
};

async function stand(files: Record<string, string> = {}) {
  const dataDir = scratch.folder('hall');
  for (const [name, text] of Object.entries({ ...FILES, ...files })) {
    mkdirSync(join(dataDir, name, '..'), { recursive: true });
    writeFileSync(join(dataDir, name), text);
  }
  hall = await startHall({ dataDir });
  const seat = async (name: string) => {
    const window = await openWindow(hall, name);
    windows.push(window);
    return window;
  };
  return { dataDir, seat };
}

const post = (feed: string, value: number) =>
  fetch(`${hall.url}/feeds/${feed}`, {
    ...{ method: 'POST', headers: { authorization: 'Bearer a-token-of-a-test-system' } },
    body: JSON.stringify({ v: 1, t: Date.now(), obs: [{ sensor: 'WL-1', t: Date.now(), value }] }),
  });
const FEED = `# 水务局 by hand
id: posts
protocol: http-json
name: { zh: 试, en: T }
token: "a-token-of-a-test-system"   # of the bureau
crs: wgs84
`;

test('a feed is begun of its form, checked, saved, loaded and live; switched off, removed and put back', async () => {
  const { dataDir, seat } = await stand();
  const duty = await seat('duty');
  const { forms } = await duty.call('setup.forms', { kind: 'feeds' });
  const beginning = forms.find(({ id }) => id === 'http-json')?.beginning.zh ?? '';
  const { faults } = await duty.call('setup.check', { kind: 'feeds', base: null, text: beginning });
  expect(faults.map(({ path }) => path)).toEqual(expect.arrayContaining(['id', 'name.zh', 'token']));
  expect(await duty.call('setup.save', { kind: 'feeds', base: null, text: beginning })).toMatchObject({
    outcome: 'refused',
  });

  const saved = await duty.call('setup.save', { kind: 'feeds', base: null, text: FEED });
  expect(saved).toMatchObject({ outcome: 'saved', file: 'posts.yaml' });
  expect(readFileSync(join(dataDir, 'feeds', 'posts.yaml'), 'utf8')).toBe(FEED);
  expect((await duty.call('setup.look', {})).parts.find(({ part }) => part === 'feeds')).toMatchObject({
    added: { examples: ['posts'] },
  });
  const reload = async () => {
    const before = duty.station()?.startedAt ?? 0;
    await duty.call('setup.reload', {});
    await duty.seeStation(({ startedAt }) => startedAt > before, 60_000);
  };
  await reload();
  expect((await post('posts', 0.1)).status).toBe(200);
  await duty.see('feeds', 'posts', ({ state }) => state === 'live', 60_000);

  await duty.call('setup.switchFile', { kind: 'feeds', file: 'posts.yaml', on: false });
  await reload();
  await until(() => duty.item('feeds', 'posts') === undefined, { what: 'the feed is off' });
  expect((await post('posts', 0.1)).status).not.toBe(200);
  await duty.call('setup.switchFile', { kind: 'feeds', file: 'posts.yaml', on: true });
  await duty.call('setup.removeFile', { kind: 'feeds', file: 'posts.yaml' });
  expect(await duty.call('setup.files', { kind: 'feeds' })).toMatchObject({
    files: [],
    kept: [{ file: 'posts.yaml', there: false }],
  });
  expect(await duty.call('setup.putBack', { kind: 'feeds', file: 'posts.yaml' })).toEqual({ removed: false });
  expect(readFileSync(join(dataDir, 'feeds', 'posts.yaml'), 'utf8')).toBe(FEED);
  expect(duty.violations).toEqual([]);
});

test('no secret comes to a window, and a file that is saved has it still; only who may set up reads and writes files', async () => {
  const { dataDir, seat } = await stand({ 'feeds/posts.yaml': FEED });
  const [duty, fire] = [await seat('duty'), await seat('fire')];
  const opened = await duty.call('setup.file', { kind: 'feeds', file: 'posts.yaml' });
  expect(JSON.stringify(opened)).not.toContain('a-token-of');
  const base = { file: 'posts.yaml', version: opened.version };
  const text = opened.text.replace('试', '水务');
  const saved = await duty.call('setup.save', { kind: 'feeds', base, text });
  expect(saved).toMatchObject({ outcome: 'saved', text });
  expect(readFileSync(join(dataDir, 'feeds', 'posts.yaml'), 'utf8')).toBe(FEED.replace('试', '水务'));
  await expect(duty.call('setup.save', { kind: 'feeds', base, text })).rejects.toMatchObject({
    ...{ code: 'refused', message: expect.stringContaining('has changed since it was opened') },
  });
  await expect(duty.call('setup.file', { kind: 'feeds', file: '../hall.yaml' })).rejects.toMatchObject({
    code: 'bad-request',
  });
  for (const ask of [
    () => fire.call('setup.files', { kind: 'feeds' }),
    () => fire.call('setup.file', { kind: 'feeds', file: 'posts.yaml' }),
    () => fire.call('setup.save', { kind: 'feeds', base, text }),
    () => fire.call('setup.removeFile', { kind: 'feeds', file: 'posts.yaml' }),
  ])
    await expect(ask()).rejects.toMatchObject({ code: 'forbidden' });
});

test('a feed in use is tried by what is posted to it: nothing is written, and the feed goes on', async () => {
  const { seat } = await stand({ 'feeds/posts.yaml': FEED });
  const [duty, fire] = [await seat('duty'), await seat('fire')];
  const { text, version } = await duty.call('setup.file', { kind: 'feeds', file: 'posts.yaml' });
  const draft = { kind: 'feeds', base: { file: 'posts.yaml', version }, text } as const;
  await expect(fire.call('setup.beginTrial', draft)).rejects.toMatchObject({ code: 'forbidden' });
  expect(await duty.call('setup.beginTrial', { ...draft, text: 'id: posts\n' })).toMatchObject({ outcome: 'refused' });
  const begun = await duty.call('setup.beginTrial', draft);
  if (begun.outcome !== 'begun') throw new Error('it was refused');
  const { trial, view } = begun;
  expect(view).toMatchObject({ phase: 'under-way', taps: 'posts', messages: [] });
  expect((await post('posts', 0.7)).status).toBe(200);
  const seen = await until(
    async () => {
      const now = await duty.call('setup.trial', { trial });
      return now.messages.length > 0 ? now : null;
    },
    { what: 'the message that was posted' },
  );
  expect(seen.messages[0]).toMatchObject({
    raw: expect.stringContaining('"value":0.7'),
    records: [{ id: 'WL-1', name: { zh: '东' }, said: { zh: '0.7 m' } }],
  });
  // The feed has taken it once, as ever.
  await duty.see('feeds', 'posts', ({ received }) => received === 1, 60_000);
  expect(await duty.call('setup.endTrial', { trial })).toMatchObject({ phase: 'ended' });
  // One of a feed of a new file has nobody who posts to it yet.
  const other = FEED.replace('id: posts', 'id: other');
  await expect(duty.call('setup.beginTrial', { kind: 'feeds', base: null, text: other })).rejects.toMatchObject({
    ...{ code: 'refused', message: expect.stringContaining('Save and load it first') },
  });
  expect(duty.violations).toEqual([]);
});

test('rules are tried as they are written, and nothing is raised', async () => {
  const { seat } = await stand();
  const duty = await seat('duty');
  const { forms } = await duty.call('setup.forms', { kind: 'rules' });
  const text = forms[0]?.beginning.en ?? '';
  const draft = { kind: 'rules', base: null, text, days: 1 } as const;
  expect(await duty.call('setup.tryDraft', draft)).toMatchObject({
    ...{ outcome: 'tried', tried: { count: 1, rules: [{ rule: 'my-rule', sensors: 1, raised: 0 }] } },
  });
  expect(await duty.call('setup.tryDraft', { ...draft, text: 'rules: 1\n' })).toMatchObject({ outcome: 'refused' });
  expect(await duty.call('setup.save', { kind: 'rules', base: null, text })).toMatchObject({ file: 'my-rule.yaml' });
  expect((await duty.call('setup.look', {})).parts.find(({ part }) => part === 'rules')).toMatchObject({
    added: { examples: ['my-rule'] },
  });
});

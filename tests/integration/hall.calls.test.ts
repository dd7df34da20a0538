import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallView } from '../../contract/features/incidents.ts';
import { type OpenedHall, openHall } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';

/** A hall whose folder has one feed, of a hotline, and no city. */
const scratch = createScratch();
const TOKEN = 'a-token-of-the-hotline';
let dataDir: string;
let hall: OpenedHall;
let duty: Window;

async function post(calls: readonly object[], token = TOKEN) {
  const answer = await fetch(`${hall.url}/feeds/hotline`, {
    ...{ method: 'POST', headers: { authorization: `Bearer ${token}` }, body: JSON.stringify({ calls }) },
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const waiting = (): CallView[] => duty.items('calls');
const shown = (see: (calls: readonly CallView[]) => boolean) =>
  until(() => (see(waiting()) ? waiting() : undefined), { what: 'the calls' });
const open = async (): Promise<void> => {
  hall = scratch.keep(await openHall({ dataDir }), (each) => each.close());
  duty = scratch.keep(await openWindow(hall, 'duty'), (each) => each.close());
};

const smoke = { id: '0042', t: new Date(Date.now() - 60_000).toISOString(), words: '三楼冒烟', kind: '火警' };

beforeAll(async () => {
  dataDir = scratch.folder('data');
  mkdirSync(join(dataDir, 'feeds'));
  const file = `id: hotline\nprotocol: calls\nname: { zh: 12345 热线, en: Hotline }\ntoken: ${TOKEN}\ncrs: wgs84\nto: [duty]\nkinds: { 火警: fire }\n`;
  writeFileSync(join(dataDir, 'feeds', 'hotline.yaml'), file);
  await open();
});
afterAll(() => scratch.clear());

test('a call that is posted waits in every window with its source, and comes once, also after a new start', async () => {
  const place = { lon: 121.9, lat: 29.1, name: '解放路 1 号' };
  const said = { ...smoke, caller: { name: '王先生', phone: '13900000000' }, place };
  expect(await post([said])).toEqual({ status: 200, body: { taken: 1, rejected: 0, late: 0, faults: [] } });
  const [call] = await shown((calls) => calls.length === 1);
  expect(call).toMatchObject({
    ...{ text: { zh: '三楼冒烟' }, to: ['duty'], kind: 'fire', caller: said.caller },
    place: { lon: 121.9, lat: 29.1, name: { zh: '解放路 1 号' } },
    source: { feed: 'hotline', name: { en: 'Hotline' }, id: '0042', at: Date.parse(smoke.t) },
  });
  expect((await post([said], 'another-token-altogether')).status).toBe(401);
  await hall.close();
  await open();
  expect((await shown((calls) => calls.length === 1))[0]).toEqual(call);
  await post([said]);
  await post([{ ...said, words: '三楼冒烟，有人被困' }]);
  await shown(([first]) => first?.text.zh === '三楼冒烟，有人被困');
  expect(waiting()).toHaveLength(1);
});

test('it becomes an incident by the seat that answers, and its source changes nothing then; one that its source closes is gone', async () => {
  const [call] = await shown((calls) => calls.length === 1);
  const title = { zh: '火灾', en: 'Fire' };
  const place = { lon: 121.9, lat: 29.1, name: title };
  const told = { type: 'fire', title, place, level: 2 as const, words: '三楼冒烟', caller: { name: '', phone: '' } };
  const { incident } = await duty.call('incidents.openByHand', { ...told, call: call?.id ?? '' });
  expect(incident).toMatch(/^incident:/);
  await shown((calls) => calls.length === 0);
  await post([
    { ...smoke, words: '又说一次' },
    { id: '0043', words: '井盖缺失' },
  ]);
  expect(await shown((calls) => calls.length > 0)).toMatchObject([{ source: { id: '0043', at: null } }]);
  await post([{ id: '0043', words: '井盖缺失', over: true }]);
  await shown((calls) => calls.length === 0);
});

test('what is wrong is told to who posts it, and stands in the quarantine', async () => {
  const { status, body } = await post([{ id: '0044' }, { id: '0045', words: '路灯不亮' }]);
  expect([status, body]).toMatchObject([200, { taken: 1, rejected: 1, faults: [{ path: 'calls.0.words' }] }]);
  expect(await post([])).toMatchObject({ status: 200, body: { taken: 0 } });
});

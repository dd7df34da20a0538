import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { type ModbusServer, startModbusServer } from '../support/modbusServer.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';

/** A hall that reads a pump station's PLC by a file of its folder alone. */
const scratch = createScratch();
const memory = { holding: { 0: 4, 10: 0x0000, 11: 0x3fc0 } as Record<number, number>, discrete: { 4: 1 } };
let plc: ModbusServer;
let hall: HallProcess;
let duty: Window;

const CITY = `crs: wgs84
sensors:
  - { id: WL-901, kind: water-level, unit: m, name: { zh: 东泵站水位, en: East pump level }, lon: 121.5, lat: 31.2 }
  - { id: FL-901, kind: flow, unit: m³/s, name: { zh: 东泵站流量, en: East pump flow }, lon: 121.5, lat: 31.2 }
  - { id: RUN-901, kind: pump, unit: "0/1", name: { zh: 东泵站一号泵, en: East pump 1 }, lon: 121.5, lat: 31.2 }
`;
const KINDS = `sensors:
  - { kind: flow, name: { zh: 流量, en: Flow }, look: other }
  - { kind: pump, name: { zh: 水泵, en: Pump }, look: other }
`;
const feed = (id: string, readings: string) => `id: ${id}
protocol: modbus
name: { zh: ${id}, en: ${id} }
every: 0.2
devices: [{ device: east, at: "127.0.0.1:${plc.port}", readings: { ${readings} } }]
`;

beforeAll(async () => {
  plc = await startModbusServer(memory);
  const dataDir = scratch.folder('data');
  const files = {
    'city/east.yaml': CITY,
    'kinds.yaml': KINDS,
    'feeds/pumps.yaml': feed(
      'pumps',
      '"holding:0": { sensor: WL-901, times: 0.01 }, "40011": { sensor: FL-901, as: float32, order: cdab }, "discrete:4": RUN-901, "holding:200": WL-999',
    ),
    'feeds/wrong.yaml': feed('wrong', '"100": WL-902'),
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dataDir, name, '..'), { recursive: true });
    writeFileSync(join(dataDir, name), text);
  }
  hall = await startHall({ dataDir, profile: 'empty' });
  duty = await openWindow(hall, 'duty');
});

afterAll(async () => {
  duty?.close();
  await hall?.stop();
  await plc?.stop();
  await scratch.clear();
});

test('registers, floats and bits of a PLC are shown, and the product’s rule raises an alarm of a level', async () => {
  await duty.seeSensor('WL-901', ({ value }) => value === 0.04);
  await duty.seeSensor('FL-901', ({ value }) => value === 1.5);
  await duty.seeSensor('RUN-901', ({ value }) => value === 1);
  const { feeds } = await duty.seeStation(({ feeds }) =>
    feeds.some(({ id, state }) => id === 'pumps' && state === 'live'),
  );
  expect(feeds.find(({ id }) => id === 'pumps')?.devices?.connected).toBe(1);
  memory.holding[0] = 50;
  await duty.seeSensor('WL-901', ({ value }) => value === 0.5);
  await until(() => duty.items('alarms').length > 0, { what: 'an alarm', within: 90_000 });
  expect(duty.items('alarms').map(({ id }) => id)).toEqual(['alarm:waterlogging:WL-901']);
});

test('a register that the PLC has not is among what was refused, with what to do, and nothing is ever written', async () => {
  const [row] = (await duty.read('rejects.list', { limit: 10 })).rows;
  expect(row).toMatchObject({ source: 'pumps', path: 'east.holding:200' });
  expect(row?.message.en).toContain('illegal data address');
  expect(new Set(plc.asked.map(({ fn }) => fn))).toEqual(new Set([2, 3]));
});

test('a file that is wrong is named with its line, and a sensor that is nowhere', async () => {
  const { notices, feeds } = await duty.seeStation(({ feeds }) => feeds.length > 0);
  expect(feeds.map(({ id }) => id)).toEqual(['pumps']);
  const said = notices.map(({ text }) => text.en);
  expect(said).toContainEqual(expect.stringMatching(/left out: .*wrong\.yaml:5:\d+/));
  expect(said).toContainEqual(expect.stringContaining('WL-999'));
});

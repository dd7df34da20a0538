import { afterEach, expect, test } from 'vitest';
import { hubOf, openHall } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const show = (screen: string) => ({ screen, scene: 'situation' as const, selection: null, cameras: [] });

test('L27: stations called like members of every object work like any other, also after a restart', async () => {
  const hub = scratch.keep(await openHall({ dataDir: scratch.folder(), station: 'constructor' }), (open) =>
    open.close(),
  );
  const dataDir = scratch.folder();
  const start = () => openHall({ dataDir, station: 'toString', dial: hubOf(hub) });
  const first = await start();
  const window = await openWindow(first, 'duty');
  // Before its first event, too.
  await window.seeStation((view) => view.link === 'online' && view.outbox === 0);
  await window.call('wall.show', show('one'));
  const atHub = scratch.keep(await openWindow(hub, 'duty'), (open) => open.close());
  await atHub.call('wall.show', show('two'));
  await atHub.see('walls', 'one', () => true);
  await window.see('walls', 'two', () => true);
  window.close();
  await first.close();
  const again = scratch.keep(await start(), (open) => open.close());
  const later = scratch.keep(await openWindow(again, 'duty'), (open) => open.close());
  await later.seeStation((view) => view.link === 'online' && view.outbox === 0 && view.notices.length === 0);
  await later.call('wall.show', show('three'));
  await atHub.see('walls', 'three', () => true);
  const digests = [await atHub.call('ledger.digest', {}), await later.call('ledger.digest', {})];
  expect(digests[0]).toEqual(digests[1]);
  expect(digests[0]?.events).toBe(3);
  expect([...atHub.violations, ...window.violations, ...later.violations]).toEqual([]);
});

test('L25: a second station of a name is not let in: it says so, keeps its decisions, and the first works on', async () => {
  const hub = scratch.keep(await openHall({ dataDir: scratch.folder() }), (open) => open.close());
  const windows = [];
  for (let i = 0; i < 2; i++) {
    const hall = await openHall({ dataDir: scratch.folder(), station: 'B', dial: hubOf(hub) });
    scratch.keep(hall, (open) => open.close());
    const window = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
    if (i === 0) await window.seeStation((view) => view.link === 'online');
    windows.push(window);
  }
  const [first, second] = windows as [(typeof windows)[0], (typeof windows)[0]];
  await second.call('wall.show', show('second'));
  const refused = await second.seeStation((view) => view.link === 'refused' && view.outbox === 1, 20_000);
  expect(refused.notices.map(({ id, severity }) => [id, severity])).toEqual([['same-name', 'error']]);
  expect(refused.ledger).toMatchObject({ events: 1, recovery: false });
  await first.seeStation((view) => view.notices.some(({ id }) => id === 'same-name'), 20_000);
  const atHub = scratch.keep(await openWindow(hub, 'duty'), (open) => open.close());
  await atHub.seeStation((view) => view.notices.some(({ id }) => id === 'same-name:B'));
  await first.call('wall.show', show('first'));
  await atHub.see('walls', 'first', () => true);
  await until(() => first.station()?.link === 'online');
  expect(atHub.item('walls', 'second')).toBeUndefined();
});

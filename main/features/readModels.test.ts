import { expect, test } from 'vitest';
import { typedWords } from '../../core/search/words.ts';
import { createDomainRig, type DomainRig, TEST_PLAN } from '../../tests/fakes/domainRig.ts';
import { createMemoryViewsPlace, type MemoryViewsPlace } from '../../tests/fakes/viewsPlace.ts';

async function worked(): Promise<{ rig: DomainRig; place: MemoryViewsPlace; incident: string }> {
  const place = createMemoryViewsPlace();
  const rig = createDomainRig({ place });
  const { incident } = await rig.call('incidents.open', { alarm: await rig.raise(2) });
  await rig.call('incidents.note', { incident, text: '泵站已启动，水位每分钟下降约 2 厘米' });
  rig.views.flush();
  const { run } = await rig.call('runs.launch', { incident, plan: TEST_PLAN.plan, version: TEST_PLAN.version });
  await rig.call('runs.finish', { run, step: 'look', note: 'Two cars stand in the water' });
  await rig.call('incidents.setLevel', { incident, level: 1, reason: '积水加深' });
  rig.views.flush();
  await rig.raise(3, 'WL-002');
  await rig.call('runs.allClear', { run, reason: '积水排除', force: true });
  await rig.clear();
  rig.views.flush();
  return { rig, place, incident };
}

const TABLES = {
  incidents: 'SELECT * FROM incidents ORDER BY id',
  alarms: 'SELECT * FROM alarms ORDER BY id',
  runs: 'SELECT * FROM runs ORDER BY id',
  log: 'SELECT * FROM log ORDER BY n',
  texts: 'SELECT * FROM log_texts ORDER BY id',
  names: 'SELECT * FROM log_names ORDER BY id',
  words: 'SELECT term, doc FROM log_terms ORDER BY term',
  places: 'SELECT id, lon_min, lat_max FROM incidents_places JOIN incidents USING (n) ORDER BY id',
};

test('V2 rows that were kept up to date are those that are made anew from the ledger', async () => {
  const { rig, place } = await worked();
  const anew = createMemoryViewsPlace();
  createDomainRig({ store: rig.store, place: anew });
  for (const [name, sql] of Object.entries(TABLES)) {
    const rows = place.rows(sql);
    expect(rows.length, name).toBeGreaterThan(0);
    expect(anew.rows(sql), name).toEqual(rows);
  }
  expect(place.rows(TABLES.log)).toHaveLength(rig.ledger.count);
  expect(place.rows('SELECT level, state, closed_at IS NULL AS open FROM incidents')).toEqual([
    { level: 1, state: 'closed', open: 0 },
  ]);
});

test.each([
  ['泵', ['incident.noted']],
  ['水位每分', ['incident.noted']],
  ['积水加', ['incident.level-changed']],
  ['CARS stand', ['step.finished']],
  ['下沉', []],
])('the log is searched for %s', async (typed, types) => {
  const { place } = await worked();
  const found = place.rows(
    'SELECT name AS type FROM log JOIN log_names ON id = type WHERE said IN (SELECT rowid FROM log_words WHERE log_words MATCH ?) ORDER BY n',
    typedWords(typed),
  );
  expect(found.map(({ type }) => type)).toEqual(types);
});

test('an incident is found by its words and by where it is, and once however often it changed', async () => {
  const { place, incident } = await worked();
  const byWords =
    'SELECT id FROM incidents WHERE n IN (SELECT rowid FROM incidents_words WHERE incidents_words MATCH ?)';
  expect(place.rows(byWords, typedWords('underp'))).toEqual([{ id: incident }]);
  const byPlace =
    'SELECT id FROM incidents_places JOIN incidents USING (n) WHERE lon_max >= ? AND lon_min <= ? AND lat_max >= ? AND lat_min <= ?';
  expect(place.rows(byPlace, 121.9, 121.95, 29.1, 29.2)).toEqual([{ id: incident }]);
  expect(place.rows(byPlace, 122, 123, 29.1, 29.2)).toEqual([]);
});

test('a flush tells which tables and which of their rows are others', async () => {
  const { rig, incident } = await worked();
  const told: Record<string, number>[] = [];
  rig.views.onChange((changed) =>
    told.push(Object.fromEntries([...changed].map(([table, keys]) => [table, keys.size]))),
  );
  await rig.raise(2, 'WL-003');
  await rig.clear('WL-003');
  await expect(rig.call('incidents.note', { incident, text: 'x' })).rejects.toThrow();
  await rig.clock.advance(200);
  expect(told).toEqual([{ alarms: 1, log: 2 }]);
});

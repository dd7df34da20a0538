import fc from 'fast-check';
import { expect, test } from 'vitest';
import { incidentAggregate } from '../../../../core/incidents/incident.ts';
import { OPS } from '../../../../core/ledger/stream.ts';
import { runAggregate } from '../../../../core/plans/evolve.ts';
import { createFakeClock } from '../../../../tests/fakes/clock.ts';
import { createDomainRig, TEST_PLAN } from '../../../../tests/fakes/domainRig.ts';
import type { OfDrill } from './drillOf.ts';
import { escapeHtml, page } from './page.ts';
import { reportName, runReport } from './runReport.ts';
import { runStory } from './runTimeline.ts';
import { timesIn, zoneName } from './times.ts';

async function ended() {
  const rig = createDomainRig();
  const alarm = await rig.raise(2);
  const { incident } = await rig.call('incidents.open', { alarm });
  const { run } = await rig.call('runs.launch', { incident, plan: 'test-flood', version: 2 });
  return { ...rig, incident, run };
}

test('escaped text says the same and can open no tag, attribute or entity', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'a', ';', '水', '\u0000', '#') }),
      (text) => {
        const escaped = escapeHtml(text);
        expect(escaped).not.toMatch(/[<>"']/);
        expect(escaped).not.toMatch(/&(?!(amp|lt|gt|quot|#39);)/);
        const back = escaped
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&#39;', "'")
          .replaceAll('&amp;', '&');
        expect(back).toBe(text);
      },
    ),
    { seed: 4, numRuns: 500 },
  );
});

test('a page needs nothing else and may load nothing', () => {
  const html = page('<b>&', 'en', '<p>x</p>');
  expect(html).toContain('<title>&lt;b&gt;&amp;</title>');
  expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(html).not.toMatch(/src=|href=|@import|url\(/);
});

/** A hall that calls one of its departments by another name. */
const OWN = new Map([['police', { zh: '市公安', en: 'City Police' }]]);

test('a report has who did what, both values of a conflict, and the words of its language', async () => {
  const a = await ended();
  const b = createDomainRig({ station: 'B' });
  await b.learnFrom(a);
  await a.call('runs.finish', { run: a.run, step: 'look', note: 'half a metre' }, { seat: 'police' });
  await b.call('runs.skip', { run: a.run, step: 'look', reason: '"<i>no</i>"' }, { seat: 'deputy' });
  await a.learnFrom(b);
  const run = a.domain.of(runAggregate).get(a.run);
  const { entries, incident } = runStory(a.ledger, run, OPS);
  expect(incident).toEqual(a.domain.of(incidentAggregate).get(a.incident));
  expect(entries.map((entry) => entry.hlc)).toEqual(entries.map((entry) => entry.hlc).toSorted());
  const make = (lang: 'zh-CN' | 'en', drill: OfDrill | null = null) =>
    runReport({
      run,
      incident,
      entries,
      lang,
      station: 'A<1>',
      zone: 'UTC',
      departments: OWN,
      madeAt: a.clock.now(),
      drill,
    });
  const en = make('en');
  expect(en).toContain('<html lang="en">');
  expect(en).toContain('A&lt;1&gt;');
  expect(en).toContain('<td>Step · Look</td>');
  expect(en).toMatch(
    /done <b>\(stands\)<\/b> — City Police \(station A\) .*skipped — Deputy officer \(station B\).*done stands/,
  );
  expect(en).toContain('&quot;&lt;i&gt;no&lt;/i&gt;&quot;');
  expect(en).toContain('<dd>1 done, 0 skipped, of 5</dd>');
  expect(make('zh-CN')).toMatch(/联动处置报告.*执行中.*任务/s);

  // Of a drill it says so in its title, its head and on each printed page; of live work it never does.
  const drill = { name: { zh: '内涝<1>', en: 'Flood <1>' } };
  const head = (html: string) => [
    html.match(/<title>(.*?)<\/title>/)?.[1],
    html.match(/<h1>(.*?)<\/h1>/)?.[1],
    html.match(/<thead><tr><td class="band">(.*?)<\/td>/)?.[1],
  ];
  expect(head(make('en', drill))).toEqual([
    expect.stringMatching(/^DRILL 演练 · Flood &lt;1&gt; · \w/),
    expect.stringMatching(/^DRILL 演练 · \w/),
    'DRILL 演练 · Flood &lt;1&gt; · everything in this report is of a drill, not of live work',
  ]);
  expect(head(make('zh-CN', drill))[2]).toBe('演练 DRILL · 内涝&lt;1&gt; · 本报告所记均为演练，不是实战');
  expect(head(make('en', { name: null }))[2]).toBe(
    'DRILL 演练 · everything in this report is of a drill, not of live work',
  );
  for (const live of [en, make('zh-CN')]) expect(live).not.toMatch(/演练|drill/i);
});

test('a department has one name in a report, whatever its lane is called in the plan', async () => {
  const rig = createDomainRig();
  const alarm = await rig.raise(2);
  const { incident } = await rig.call('incidents.open', { alarm });
  const lanes = TEST_PLAN.lanes.map((lane) => ({ ...lane, title: { zh: '某处某科', en: 'Some bureau' } }));
  rig.plans.push({ ...TEST_PLAN, plan: 'named-lanes', lanes });
  const { run } = await rig.call('runs.launch', { incident, plan: 'named-lanes', version: 2 });
  const { html } = await rig.call('runs.report', { run, lang: 'en' });
  expect(html).toContain('<td>Water</td>');
  expect(html).not.toContain('Some bureau');
});

test('a run whose incident has not arrived has a report all the same', async () => {
  const a = await ended();
  const run = a.domain.of(runAggregate).get(a.run);
  const incident = incidentAggregate.initialState(run.incident);
  const html = runReport({
    run,
    incident,
    entries: [],
    lang: 'en',
    station: 'A',
    zone: 'UTC',
    departments: OWN,
    drill: null,
    madeAt: Date.UTC(2025, 6, 1),
  });
  expect(html).toContain('Test flood');
  expect(html).not.toContain('1970-01-01'); // Nobody opened it in 1970.
});

test('a report’s file name is a file name, whatever the run is called', async () => {
  const a = await ended();
  expect(reportName({ ...a.domain.of(runAggregate).get(a.run), id: 'run:../../etc/passwd' })).toBe(
    'opshall-test-flood-run_______etc_passwd.html',
  );
});

test('a time has its offset from UTC, so that the hour that comes twice is two hours, and two zones say one moment', () => {
  const berlin = timesIn('Europe/Berlin');
  const first = Date.UTC(2026, 9, 25, 0, 58);
  expect([berlin(first), berlin(first + 1_801_000)]).toEqual([
    '2026-10-25 02:58:00 +02:00',
    '2026-10-25 02:28:01 +01:00',
  ]);
  const newYork = timesIn('America/New_York');
  expect([newYork(Date.UTC(2026, 10, 1, 5, 58)), newYork(Date.UTC(2026, 10, 1, 6, 28, 1))]).toEqual([
    '2026-11-01 01:58:00 -04:00',
    '2026-11-01 01:28:01 -05:00',
  ]);
  expect(timesIn('Asia/Kathmandu')(0)).toBe('1970-01-01 05:30:00 +05:30');
  expect(timesIn('UTC')(0)).toBe('1970-01-01 00:00:00 +00:00');
  expect(timesIn('UTC')(8_640_000_000_000_001)).toBe('—');
  expect(zoneName('Asia/Shanghai', 'zh-CN', 0)).toBe('中国标准时间');
  expect(zoneName('Asia/Shanghai', 'en', 0)).toBe('China Standard Time (Asia/Shanghai)');
  expect(zoneName('UTC', 'zh-CN', 0)).toBe('UTC');
});

test('every time of a report stands beside its offset, and the zone is named once', async () => {
  const a = await ended();
  await a.call('runs.finish', { run: a.run, step: 'look' });
  for (const lang of ['en', 'zh-CN'] as const) {
    const { html } = await a.call('runs.report', { run: a.run, lang });
    const times = html.match(/\d\d:\d\d:\d\d[^<]{0,7}/g) ?? [];
    expect(times.length).toBeGreaterThan(8);
    for (const time of times) expect(time).toMatch(/^\d\d:\d\d:\d\d \+08:00/);
    expect(html.split(lang === 'en' ? 'China Standard Time (Asia/Shanghai)' : '中国标准时间')).toHaveLength(2);
  }
});

test('response times run from the alarm to the end, by department and step; skipped is not done; no id is shown', async () => {
  const rig = await ended();
  const { call, clock, run } = rig;
  const after = async (
    seconds: number,
    ...[method, step, seat]: ['acknowledge' | 'start' | 'finish', string, string]
  ) => {
    clock.advanceSync(seconds * 1000);
    await call(`runs.${method}`, { run, step }, { seat });
  };
  await after(40, 'acknowledge', 'look', 'emergency');
  await after(90, 'start', 'look', 'emergency');
  await after(65, 'finish', 'look', 'emergency');
  await after(5, 'acknowledge', 'pump', 'water');
  await call('runs.decide', { run, step: 'power', option: 'keep' });
  clock.advanceSync(3_600_000);
  await call('runs.allClear', { run, reason: 'dry', force: true });
  await call('runs.rate', { run, stars: 4, words: 'good, <b>but</b> slow pumps' });
  const { html } = await call('runs.report', { run, lang: 'en' });
  const rows = [...html.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row]) =>
    [...(row ?? '').matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell?.replace(/\d{4}-.*? \+08:00/, '')),
  );
  const row = (first: string) => rows.find(([cell]) => cell === first)?.slice(1);
  expect(row('First acknowledged')).toEqual(['', '40 s', '40 s']);
  expect(row('First started (on scene)')).toEqual(['', '2 min 10 s', '1 min 30 s']);
  expect(row('Response ended')?.[1]).toBe('1 h 03 min');
  expect(row('Emergency')).toEqual([
    '2 done, 0 skipped, of 2',
    ...['40 s', '2 min 10 s', '3 min 15 s'].map((t) => `longest ${t}`),
  ]);
  expect(row('Water')).toEqual(['0 done, 2 skipped, of 2', 'longest 5 s', '', '']);
  expect(html).toContain('<dd>2 done, 2 skipped, of 4</dd>');
  expect(html.split('<h2>').at(-1)).toMatch(/Rating.*★★★★☆ 4\/5.*good, &lt;b&gt;but&lt;\/b&gt; slow pumps/s);
  const zh = (await call('runs.report', { run, lang: 'zh-CN' })).html;
  expect(zh).toContain('完成 2 项，跳过 2 项，共 4 项');
  expect(zh).toContain('指挥长（工作站 A）');
  for (const page of [html, zh]) expect(page).not.toMatch(/\w@A|incident:|run:|rule\.|hall\.|(?<!Incident )commander/);
});

/** Reports of one run are compared without the moment they were made at. */
const withoutMade = (html: string) => html.replace(/(Made) [^<]*/, '$1');

test('P12 the report of a finished run has the rise that began it, and does not change with later rain or other plans', async () => {
  const rig = createDomainRig();
  for (let i = 0; i < 3; i++) {
    rig.clock.advanceSync(60_000);
    await rig.raise(3);
    await rig.clear();
  }
  const alarm = await rig.raise(2);
  const { incident } = await rig.call('incidents.open', { alarm });
  rig.plans.push({ ...TEST_PLAN, plan: 'other-flood' });
  const { run } = await rig.call('runs.launch', { incident, plan: 'test-flood', version: 2 });
  const other = await rig.call('runs.launch', { incident, plan: 'other-flood', version: 2 });
  await rig.raise(1);
  await rig.call('runs.allClear', { run, reason: 'dry', force: true });
  const made = await rig.call('runs.report', { run, lang: 'en' });
  const { entries } = await rig.call('runs.timeline', { run });
  expect(entries.map((entry) => entry.type).filter((type) => type.startsWith('alarm.'))).toEqual([
    ...['alarm.raised', 'alarm.linked', 'alarm.acknowledged', 'alarm.raised'],
  ]);
  expect(entries.filter((entry) => entry.type === 'alarm.raised').map((entry) => entry.text.en)).toEqual([
    ...['Level II alarm: Water (0.5 m)', 'Level I alarm: Water (0.5 m)'],
  ]);
  // The other plan goes on, the incident gets a level and an end, it rains again and again.
  await rig.call('incidents.setLevel', { incident, level: 4, reason: 'the other plan says so' });
  await rig.call('runs.allClear', { run: other.run, reason: 'over', force: true });
  for (let i = 0; i < 3; i++) {
    rig.clock.advanceSync(60_000);
    await rig.clear();
    await rig.raise(3);
  }
  const again = await rig.call('runs.report', { run, lang: 'en' });
  expect(withoutMade(again.html)).toBe(withoutMade(made.html));
  expect((await rig.call('runs.timeline', { run })).entries).toEqual(entries);
});

test('P12 what comes in late belongs to the story: a note of a station that was apart, a rise of the alarm that it saw', async () => {
  const a = await ended();
  const b = createDomainRig({ station: 'B', clock: createFakeClock(a.clock.now() + 60_000) });
  await b.learnFrom(a);
  await a.call('runs.allClear', { run: a.run, reason: 'dry', force: true });
  await b.call('incidents.note', { incident: a.incident, text: 'somebody is still down there' });
  await b.call('runs.finish', { run: a.run, step: 'look', note: 'half a metre' });
  await a.learnFrom(b);
  const { entries } = await a.call('runs.timeline', { run: a.run });
  expect(entries.map((entry) => entry.text.en)).toEqual(
    expect.arrayContaining(['All-clear: dry', 'Incident closed: dry', 'somebody is still down there']),
  );
  expect(entries.at(-1)?.text.en).toBe('Finished “Look”: half a metre');
});

test('P12 an incident whose link to its alarm has not arrived begins with the rise that was up', async () => {
  const a = await ended();
  const run = a.domain.of(runAggregate).get(a.run);
  const eventsOf = (subject: string) => a.ledger.eventsOf(subject).filter((event) => event.type !== 'alarm.linked');
  await a.clear();
  await a.raise(1);
  const { entries } = runStory({ eventsOf }, run, OPS);
  expect(entries[0]?.type).toBe('alarm.raised');
  expect(entries.filter((entry) => entry.type === 'alarm.raised')).toHaveLength(2);
});

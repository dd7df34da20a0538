import fc from 'fast-check';
import { expect, test } from 'vitest';
import { incidentAggregate } from '../../core/incidents/incident.ts';
import { createDomainRig } from '../../tests/fakes/domainRig.ts';
import { escapeHtml, page } from './page.ts';
import { reportName, runReport } from './runReport.ts';
import { runTimeline } from './runTimeline.ts';

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

test('a report has who did what, both values of a conflict, and the words of its language', async () => {
  const a = await ended();
  const b = createDomainRig({ station: 'B' });
  await b.learnFrom(a);
  await a.call('runs.finish', { run: a.run, step: 'look', note: 'half a metre' }, { seat: 'police' });
  await b.call('runs.skip', { run: a.run, step: 'look', reason: '"<i>no</i>"' }, { seat: 'deputy' });
  await a.learnFrom(b);
  const run = a.domain.run(a.run);
  const incident = a.domain.incident(a.incident);
  const entries = runTimeline(a.ledger, run);
  expect(entries.map((entry) => entry.hlc)).toEqual(entries.map((entry) => entry.hlc).toSorted());
  const make = (lang: 'zh-CN' | 'en') =>
    runReport({ run, incident, entries, lang, station: 'A<1>', madeAt: a.clock.now() });
  const en = make('en');
  expect(en).toContain('<html lang="en">');
  expect(en).toContain('A&lt;1&gt;');
  expect(en).toContain('step.look');
  expect(en).toMatch(/done <b>\(stands\)<\/b> — police@A .*skipped — deputy@B/);
  expect(en).toContain('&quot;&lt;i&gt;no&lt;/i&gt;&quot;');
  expect(en).toContain('<dd>1/5</dd>');
  expect(make('zh-CN')).toMatch(/联动处置报告.*执行中.*任务/s);
});

test('a run whose incident has not arrived has a report all the same', async () => {
  const a = await ended();
  const run = a.domain.run(a.run);
  const incident = incidentAggregate.initialState(run.incident);
  const html = runReport({ run, incident, entries: [], lang: 'en', station: 'A', madeAt: 0 });
  expect(html).toContain('Test flood');
  expect(html).not.toContain('1970-01-01 00:00:00 '); // Nobody opened it in 1970.
});

test('a report’s file name is a file name, whatever the run is called', async () => {
  const a = await ended();
  expect(reportName({ ...a.domain.run(a.run), id: 'run:../../etc/passwd' })).toBe(
    'opshall-test-flood-run_______etc_passwd.html',
  );
});

import { expect, test } from 'vitest';
import { launched, opened } from '../../../tests/fakes/workedRig.ts';
import { longPlan } from '../../../tests/scale/longPlan.ts';

const long = '水'.repeat(2000);

test('a run of 300 steps with long notes goes on to its end on every screen, its timeline has all of it in pages', async () => {
  const { call, topics, plans, incident } = await opened();
  plans.push(longPlan('wide', 300, '提示'.repeat(120)));
  const { run } = await call('runs.launch', { incident, plan: 'wide-300', version: 1 });
  for (let i = 0; i < 300; i++) await call('runs.finish', { run, step: `s${i}`, note: long });
  await call('runs.allClear', { run, reason: 'dry' });
  topics.runs.flush();
  expect([...topics.runs.leftOut]).toEqual([]);
  const view = topics.runs.items.get(run);
  expect(view).toMatchObject({ state: 'ended', done: 300 });
  expect(view?.steps.every((step) => step.noteCut && step.note?.endsWith('…'))).toBe(true);
  let lines = 0;
  for (let from: number | null = 0; from !== null; ) {
    const page: { entries: unknown[]; next: number | null } = await call('runs.timeline', { run, from });
    expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(4 * 1024 * 1024);
    lines += page.entries.length;
    from = page.next;
  }
  expect(lines).toBe(4 + 1 + 300 + 2);
  let html = '';
  const first = await call('runs.report', { run, lang: 'zh-CN' });
  for (let part = first, on = true; on; ) {
    html += part.html;
    on = part.next !== null;
    if (part.next !== null)
      part = await call('runs.report', { run, lang: 'zh-CN', from: part.next, madeAt: first.madeAt });
  }
  expect(html).toHaveLength(first.chars);
  expect(html.split(long)).toHaveLength(301);
});

test('a note that is short enough is shown whole', async () => {
  const { call, topics, run } = await launched();
  await call('runs.finish', { run, step: 'look', note: long });
  expect(topics.runs.items.get(run)?.steps[0]).toMatchObject({ note: long, noteCut: false });
});

test('the largest plan there may be is launched', async () => {
  const { call, plans, incident, topics } = await opened();
  let detail = 340;
  const made = () => longPlan('wide', 300, '水'.repeat(detail));
  for (;;) {
    try {
      plans.push(made());
      detail++;
    } catch {
      break;
    }
  }
  expect(detail).toBeGreaterThan(350);
  const { run } = await call('runs.launch', { incident, plan: 'wide-300', version: 1 });
  expect(topics.runs.items.get(run)?.steps[299]?.detail?.zh).toHaveLength(340);
  plans.splice(0, plans.length, plans.at(-1) as (typeof plans)[number]);
  await call('runs.allClear', { run, reason: 'dry', force: true });
  const { incident: next } = await call('incidents.open', { alarm: 'alarm:waterlogging:WL-001' });
  expect(await call('runs.launch', { incident: next, plan: 'wide-300', version: 1 })).toHaveProperty('run');
  topics.runs.flush();
  expect(topics.runs.leftOut.size).toBe(0);
});

test('what is too large for a record is refused with a sentence in the language of the window, and nothing is written', async () => {
  const { call, incident, ledger } = await opened();
  const before = ledger.count;
  const note = (lang: 'zh-CN' | 'en') => call('incidents.note', { incident, text: 'x'.repeat(300_000) }, { lang });
  await expect(note('en')).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('fewer words'),
  });
  await expect(note('zh-CN')).rejects.toMatchObject({
    code: 'refused',
    message: '未记录，未生效：内容过长，请缩短或分几次记录。',
  });
  expect(ledger.count).toBe(before);
});

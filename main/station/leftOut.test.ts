import { expect, test } from 'vitest';
import type { ObservationView } from '../../contract/schema/station.ts';
import { createTopicCollections } from '../../contract/wire/collection.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { tellLeftOut } from './leftOut.ts';
import { createNoticeBoard } from './noticeBoard.ts';

test('T8 what fits no window is told to people as long as it does not, in both languages', () => {
  const topics = createTopicCollections();
  const notices = createNoticeBoard();
  const stop = tellLeftOut(topics, notices, createFakeClock());
  const huge = { name: 'x'.repeat(2_000_000) } as unknown as ObservationView;
  topics.observations.set('WL-001', huge);
  topics.observations.flush();
  const [notice] = notices.list();
  expect(notice).toMatchObject({ id: 'topic:observations', severity: 'error' });
  expect(notice?.text.en).toContain('WL-001');
  expect(notice?.text.zh).toContain('传感器：有 1 项');
  expect(`${notice?.text.zh}${notice?.remedy?.zh}`).not.toMatch(/[A-Za-z]/);
  topics.observations.delete('WL-001');
  topics.observations.flush();
  expect(notices.list()).toEqual([]);
  stop();
  topics.observations.set('WL-001', huge);
  topics.observations.flush();
  expect(notices.list()).toEqual([]);
});

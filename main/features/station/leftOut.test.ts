import { expect, test } from 'vitest';
import type { WallView } from '../../../contract/features/walls.ts';
import { createTopicCollections } from '../../../contract/wire/collection.ts';
import { alarmAggregate } from '../../../core/alarms/alarm.ts';
import { createFakeClock } from '../../../tests/fakes/clock.ts';
import { createNoticeBoard } from '../../notices/noticeBoard.ts';
import { alarmView } from '../alarms/view.ts';
import { tellLeftOut } from './leftOut.ts';

test('T8 what fits no window is told to people as long as it does not, in both languages', () => {
  const topics = createTopicCollections();
  const notices = createNoticeBoard();
  const stop = tellLeftOut(topics, notices, createFakeClock());
  const huge = { name: 'x'.repeat(2_000_000) } as unknown as WallView;
  topics.walls.set('wall-1', huge);
  topics.walls.flush();
  const [notice] = notices.list();
  expect(notice).toMatchObject({ id: 'topic:walls', severity: 'error' });
  expect(notice?.text.en).toContain('wall-1');
  expect(notice?.text.zh).toContain('大屏：有 1 项');
  expect(`${notice?.text.zh}${notice?.remedy?.zh}`).not.toMatch(/[A-Za-z]/);
  topics.walls.delete('wall-1');
  topics.walls.flush();
  expect(notices.list()).toEqual([]);
  stop();
  topics.walls.set('wall-1', huge);
  topics.walls.flush();
  expect(notices.list()).toEqual([]);
});

test('T8 an alarm that windows would refuse is withdrawn and named, and comes back when it is right', () => {
  const topics = createTopicCollections({ shown: true, schedule: () => undefined });
  const notices = createNoticeBoard();
  tellLeftOut(topics, notices, createFakeClock());
  const faults: string[] = [];
  topics.alarms.onFault((error) => faults.push(error.message));
  const right = alarmView({ ...alarmAggregate.initialState('alarm:x:y'), occurrence: 1 }, null);
  topics.alarms.set(right.id, right);
  topics.alarms.flush();
  expect(topics.alarms.snapshot().pieces.join()).toContain('alarm:x:y');
  topics.alarms.set(right.id, { ...right, shelvedUntil: 1.5 });
  topics.alarms.flush();
  expect(topics.alarms.snapshot().pieces.join()).toBe('');
  expect(faults).toEqual([expect.stringMatching(/^alarms\/alarm:x:y would be refused by windows: shelvedUntil/)]);
  expect(notices.list()[0]?.text.zh).toContain('告警：有 1 项');
  topics.alarms.set(right.id, right);
  topics.alarms.flush();
  expect(notices.list()).toEqual([]);
});

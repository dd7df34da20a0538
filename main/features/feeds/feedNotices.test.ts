import { expect, test } from 'vitest';
import { FeedHealth } from '../../../contract/features/feeds.ts';
import { Notice } from '../../../contract/features/notices.ts';
import { createNoticeBoard } from '../../notices/noticeBoard.ts';
import { showFeedClocks } from './feedNotices.ts';

const HOUR = 3_600_000;
const feed = (clockOffsetMs: number | null): FeedHealth =>
  FeedHealth.parse({
    ...{ id: 'f', name: { zh: '水务', en: 'Water' }, state: 'live', since: 1, lastMessageAt: 1, received: 1 },
    ...{ perSecond: 1, rejected: 0, dropped: 0, gaps: 0, late: 0, lagMs: 0, clockOffsetMs, fault: null, error: null },
  });

test('O4 a source whose clock is off is named with how far and which way, until it is right again', () => {
  const board = createNoticeBoard();
  const look = (offset: number | null) => {
    showFeedClocks(board, [feed(offset)], () => [], 5);
    for (const notice of board.list()) expect(Notice.parse(notice)).toEqual(notice);
    return (
      board.list().map(({ id, severity, text, remedy }) => `${id} ${severity} ${text.en} | ${remedy?.en}`)[0] ?? ''
    );
  };
  expect(look(null)).toBe('');
  expect(look(60_000)).toBe('');
  expect(look(90_000)).toMatch(/^feed:f:clock error The clock of the source Water is 1 min 30 s ahead .*refused/);
  expect(look(-26 * HOUR)).toMatch(/warning .* 26 h 0 min behind .* are taken/);
  expect(look(8 * HOUR)).toMatch(/8 h 0 min ahead.*local time where UTC is meant/);
  expect(board.list()[0]?.text.zh).toBe(
    '数据源“水务”的时钟比本站快 8 小时 0 分；标为未来时刻的数值不予采用；持续半分钟相差不变，则扣除该差值后采用',
  );
  expect(board.list()[0]?.since).toBe(5);
  expect(look(Number.MAX_SAFE_INTEGER)).toMatch(/centuries ahead/);
  expect(look(-300)).toBe('');
});

test('O4 where the source is right and its sensors are not, those are named', () => {
  const board = createNoticeBoard();
  const things = Array.from({ length: 7 }, (_, i) => ({ id: `WL-00${i}`, count: 9 - i, offsetMs: i * HOUR }));
  showFeedClocks(board, [feed(0)], () => things, 5);
  expect(board.list().map((notice) => [notice.id, notice.text.en])).toEqual([
    [
      'feed:f:things',
      '7 sensors or units of the source Water have clocks that are ahead, by up to 6 h 0 min; their values are refused: WL-000, WL-001, WL-002, WL-003, WL-004 and 2 more',
    ],
  ]);
  showFeedClocks(board, [feed(0)], () => things.slice(1, 2), 6);
  expect(board.list()[0]?.text.en).toBe(
    '1 sensor or unit of the source Water has a clock that is ahead, by up to 1 h 0 min; its values are refused: WL-001',
  );
  showFeedClocks(board, [feed(0)], () => [], 6);
  expect(board.list()).toEqual([]);
});

test('a source that is braked for long is named, with what to do, until it is read again', () => {
  const board = createNoticeBoard();
  showFeedClocks(board, [{ ...feed(0), brakedSince: 3 }], () => [], 5);
  expect(board.list()).toMatchObject([
    {
      ...{ id: 'feed:f:braked', severity: 'error', since: 5 },
      text: {
        zh: '数据源“水务”的报文被拒收过多，目前只间歇读取',
        en: 'Too many refused messages from the source Water: it is read only now and then',
      },
    },
  ]);
  showFeedClocks(board, [feed(0)], () => [], 6);
  expect(board.list()).toEqual([]);
});

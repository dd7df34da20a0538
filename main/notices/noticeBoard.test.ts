import { describe, expect, test } from 'vitest';
import type { Notice } from '../../contract/features/notices.ts';
import { createNoticeBoard } from './noticeBoard.ts';

const notice = (id: string, since = 1, severity: Notice['severity'] = 'warning'): Notice => ({
  ...{ id, severity, since },
  text: { zh: id, en: id },
  remedy: null,
});

describe('the notice board', () => {
  test('a notice stands from when it was first raised until it is cleared, and each change is told once', () => {
    const board = createNoticeBoard();
    let told = 0;
    board.onChange(() => told++);
    board.raise(notice('disk', 5));
    board.raise(notice('disk', 9));
    expect(board.list()).toEqual([notice('disk', 5)]);
    board.raise({ ...notice('disk', 9), severity: 'error' });
    expect(board.list()).toEqual([{ ...notice('disk', 5), severity: 'error' }]);
    board.clear('disk');
    board.clear('disk');
    expect(board.list()).toEqual([]);
    expect(told).toBe(3);
    board.raise(notice('disk', 12));
    expect(board.list()[0]?.since).toBe(12);
  });

  test('errors come first, and what does not fit on a screen is counted', () => {
    const board = createNoticeBoard();
    for (let i = 0; i < 120; i++) board.raise(notice(`file:${i}`));
    board.raise(notice('disk', 1, 'error'));
    const list = board.list();
    expect(list).toHaveLength(101);
    expect(list[0]?.id).toBe('disk');
    expect(list.at(-1)?.text.en).toBe('21 more notices are not listed');
  });
});

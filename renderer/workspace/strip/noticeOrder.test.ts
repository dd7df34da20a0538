import { expect, test } from 'vitest';
import type { Notice } from '../../../contract/features/notices.ts';
import { inOrder } from './noticeOrder.ts';

test('errors first, then what has been so the longest; of one moment as they came', () => {
  const notice = (id: string, severity: Notice['severity'], since: number): Notice => ({
    ...{ id, severity, since, text: { zh: '', en: '' }, remedy: null },
  });
  const came = [
    notice('a', 'info', 1),
    notice('b', 'warning', 9),
    notice('c', 'error', 5),
    notice('d', 'warning', 2),
    notice('e', 'error', 5),
  ];
  expect(inOrder(came).map(({ id }) => id)).toEqual(['c', 'e', 'd', 'b', 'a']);
});

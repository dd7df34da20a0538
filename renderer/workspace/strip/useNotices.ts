import { useMemo } from 'react';
import type { Notice } from '../../../contract/features/notices.ts';
import { useTopic } from '../../bridge/index.ts';
import { inOrder } from './noticeOrder.ts';

/** What somebody ought to know and act on, in the order in which to see to it. */
export function useNotices(): readonly Notice[] {
  const notices = useTopic('notices');
  return useMemo(() => inOrder([...notices.values()]), [notices]);
}

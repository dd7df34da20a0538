import { useMemo } from 'react';
import type { Notice } from '../../../contract/features/notices.ts';
import { useTopic } from '../../bridge/index.ts';

const WEIGHT: Record<Notice['severity'], number> = { error: 0, warning: 1, info: 2 };

/** What somebody ought to know and act on: the gravest first, then what has been so the longest. */
export function useNotices(): readonly Notice[] {
  const notices = useTopic('notices');
  return useMemo(() => inOrder([...notices.values()]), [notices]);
}

export function inOrder(notices: readonly Notice[]): readonly Notice[] {
  return [...notices].sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity] || a.since - b.since);
}

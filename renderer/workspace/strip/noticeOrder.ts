import type { Notice } from '../../../contract/features/notices.ts';

const WEIGHT: Record<Notice['severity'], number> = { error: 0, warning: 1, info: 2 };

/** The gravest first, then what has been so the longest. */
export function inOrder(notices: readonly Notice[]): readonly Notice[] {
  return [...notices].sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity] || a.since - b.since);
}

import type { Notice } from '../../contract/features/notices.ts';

/** More than this nobody reads; what does not fit is counted in a notice of its own. */
const MOST = 100;

/**
 * What somebody ought to know and act on, while it is so. Whoever finds a fault raises it under an id that names the thing, and
 * clears it when its cause is gone; raising it again keeps the time since when it is so.
 */
export interface NoticeBoard {
  raise(notice: Notice): void;
  clear(id: string): void;
  /** Errors first, then in the order they came. */
  list(): readonly Notice[];
  /** Told in the same turn, once for a change. */
  onChange(listener: () => void): () => void;
}

const WEIGHT: Record<Notice['severity'], number> = { error: 0, warning: 1, info: 2 };

export function createNoticeBoard(): NoticeBoard {
  const notices = new Map<string, Notice>();
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };

  return {
    raise(notice) {
      const before = notices.get(notice.id);
      const after = before ? { ...notice, since: before.since } : notice;
      if (before && JSON.stringify(before) === JSON.stringify(after)) return;
      notices.set(notice.id, after);
      changed();
    },
    clear(id) {
      if (notices.delete(id)) changed();
    },
    list() {
      const sorted = [...notices.values()].sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
      if (sorted.length <= MOST) return sorted;
      const shown = sorted.slice(0, MOST);
      return [...shown, moreNotice(sorted.length - MOST, shown[0]?.since ?? 0)];
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function moreNotice(count: number, since: number): Notice {
  return {
    id: 'more',
    severity: 'warning',
    text: { zh: `还有 ${count} 条提示未列出`, en: `${count} more notices are not listed` },
    remedy: { zh: '先处理以上各条', en: 'Mend those above first' },
    since,
  };
}

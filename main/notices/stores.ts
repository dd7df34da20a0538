import type { Notice } from '../../contract/features/notices.ts';
import type { DiskTrouble } from '../files/trouble.ts';

/** The history of telemetry is not written for now. */
export function unwritableJournalNotice({ because, remedy }: DiskTrouble, since: number): Notice {
  return {
    id: 'telemetry:unwritable',
    severity: 'warning',
    text: {
      zh: `遥测历史 telemetry.db 未能写入：${because.zh}。其间的历史数值不保存`,
      en: `The history of telemetry, telemetry.db, is not written: ${because.en}. Values are not kept meanwhile`,
    },
    remedy: {
      zh: `${remedy.zh}恢复后自动续写。数值照常显示；告警与决定能否写入，以“未在记录”的提示为准`,
      en: `${remedy.en} It goes on by itself then. Live values are shown all the same; whether alarms and decisions are recorded, a notice of its own says`,
    },
    since,
  };
}

/** What is derived from the ledger cannot be written. */
export function unwritableViewsNotice({ because, remedy }: DiskTrouble, since: number): Notice {
  return {
    id: 'views:unwritable',
    severity: 'warning',
    text: {
      zh: `台账索引 views.db 未能写入：${because.zh}。台账本身不受影响；列表与检索可能缺少新内容或暂不可用，下次启动较慢`,
      en: `The index of the ledger, views.db, is not written: ${because.en}. The ledger itself is not concerned; lists and searches may lack what is new or be refused, and the next start takes longer`,
    },
    remedy: { zh: `${remedy.zh}恢复后自动补写。`, en: `${remedy.en} It is caught up by itself then.` },
    since,
  };
}

/** What is derived from the ledger was damaged, or is another version's. */
export function rebuildingViewsNotice(percent: number, since: number): Notice {
  return {
    id: 'views:rebuilding',
    severity: 'info',
    text: {
      zh: `台账索引 views.db 正由台账重建（${percent}%）；其间列表与检索暂不可用`,
      en: `The index of the ledger, views.db, is made anew from the ledger (${percent}%); lists and searches are refused meanwhile`,
    },
    remedy: null,
    since,
  };
}

/** What was refused is not written for now. */
export function unwritableQuarantineNotice({ because, remedy }: DiskTrouble, since: number): Notice {
  return {
    id: 'quarantine:unwritable',
    severity: 'warning',
    text: {
      zh: `隔离区 quarantine.db 未能写入：${because.zh}。其间被拒收的报文只显示最近 200 条，且不能重新投递`,
      en: `The quarantine, quarantine.db, is not written: ${because.en}. Of what is refused meanwhile the newest 200 are shown, and cannot be put through again`,
    },
    remedy: {
      zh: `${remedy.zh}恢复后自动续写。数据接收不受影响`,
      en: `${remedy.en} It goes on by itself then. What sources send is taken all the same`,
    },
    since,
  };
}

/** The quarantine was damaged; a new file was begun. */
export function tornQuarantineNotice(setAside: string | null, since: number): Notice {
  return {
    id: 'quarantine:torn',
    severity: 'warning',
    text: {
      zh: '隔离区文件 quarantine.db 损坏，已另起新文件',
      en: 'The quarantine, quarantine.db, was damaged; a new file was begun',
    },
    remedy: {
      zh: `原文件保存为 ${setAside ?? '—'}；此前被拒收的报文不再列出，其余不受影响`,
      en: `The file is kept as ${setAside ?? '—'}; what was refused before is not listed any more, and nothing else is affected`,
    },
    since,
  };
}

/** The history of telemetry was damaged; a new file was begun. */
export function tornJournalNotice(setAside: string | null, since: number): Notice {
  return {
    id: 'telemetry:torn',
    severity: 'warning',
    text: {
      zh: '遥测历史文件 telemetry.db 损坏，已另起新文件',
      en: 'The history of telemetry, telemetry.db, was damaged; a new file was begun',
    },
    remedy: {
      zh: `原文件保存为 ${setAside ?? '—'}；实时数据、告警与决定不受影响`,
      en: `The file is kept as ${setAside ?? '—'}; live values, alarms and decisions are not affected`,
    },
    since,
  };
}

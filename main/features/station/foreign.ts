import type { Notice } from '../../../contract/features/notices.ts';
import type { Clock } from '../../clock.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Foreign } from '../../kernel/foreign.ts';
import type { NoticeBoard } from '../../notices/noticeBoard.ts';

function foreignNotice({ count, types }: Foreign, since: number): Notice {
  return {
    id: 'ledger:foreign',
    severity: 'warning',
    text: {
      zh: `台账中有 ${count} 条记录是本站版本不能识别的，所记内容未在本站显示`,
      en: `This version does not understand ${count} events of the ledger (${types.slice(0, 5).join(', ')}${types.length > 5 ? ', …' : ''}); what they say is not shown here`,
    },
    remedy: {
      zh: '请将本站升级到与其他工作站相同的版本；记录本身完整保存',
      en: 'Update OpsHall on this station to the version of the others; the events themselves are kept whole',
    },
    since,
  };
}

/** Tells people that other stations write what this one cannot read (L9). Answers how to stop. */
export function tellForeign(domain: Domain, notices: NoticeBoard, clock: Pick<Clock, 'now'>): () => void {
  const look = () => {
    const foreign = domain.foreign();
    if (foreign.count > 0) notices.raise(foreignNotice(foreign, clock.now()));
  };
  look();
  return domain.onChange(look);
}

import type { Notice } from '../../../contract/features/notices.ts';
import { topics as specs, type TopicName } from '../../../contract/index.ts';
import type { TopicCollections } from '../../../contract/wire/collection.ts';
import type { Clock } from '../../clock.ts';
import type { NoticeBoard } from '../../notices/noticeBoard.ts';

function leftOutNotice(topic: TopicName, keys: readonly string[], since: number): Notice {
  const { zh, en } = specs[topic].words;
  return {
    id: `topic:${topic}`,
    severity: 'error',
    text: {
      zh: `${zh}：有 ${keys.length} 项内容过大或有误，各窗口无法显示；台账中完整保存`,
      en: `Too large or malformed, and shown in no window (${en}): ${keys.slice(0, 3).join(', ')}${keys.length > 3 ? ` and ${keys.length - 3} more` : ''}. The ledger keeps it whole`,
    },
    remedy: {
      zh: '由台账导出或联系维护人员查看；新的情况请另行立项',
      en: 'Look it up in the ledger; open a new one for what comes now',
    },
    since,
  };
}

/** Tells people what no window shows because it does not fit a frame or the contract, as long as that is so. Answers how to stop. */
export function tellLeftOut(topics: TopicCollections, notices: NoticeBoard, clock: Pick<Clock, 'now'>): () => void {
  const stops = (Object.keys(topics) as TopicName[]).map((topic) => {
    const { leftOut } = topics[topic];
    return topics[topic].onLeftOut(() => {
      if (leftOut.size === 0) notices.clear(`topic:${topic}`);
      else notices.raise(leftOutNotice(topic, [...leftOut.keys()], clock.now()));
    });
  });
  return () => {
    for (const stop of stops) stop();
  };
}

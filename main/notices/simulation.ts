import type { Notice } from '../../contract/features/notices.ts';
import type { Text } from '../../core/words.ts';

/** What is said of a world's simulator is said under one id. */
export const SIMULATOR_NOTICE = 'simulator';

const AGAIN: Text = {
  zh: '结束本次演练后重新开始；实时工作中请重新启动大厅',
  en: 'End the drill and open it again; in live work, start the hall again',
};

/** What a world is to be played by could not be started. @param why in both languages */
export function simulatorFailedNotice({ zh, en }: Text, since: number): Notice {
  return {
    id: SIMULATOR_NOTICE,
    severity: 'error',
    text: {
      zh: `模拟器未能启动，没有模拟的城市：${zh}`,
      en: `The simulator could not be started, and there is no simulated city: ${en}`,
    },
    remedy: AGAIN,
    since,
  };
}

/** What a world is played by ended while it played, and is started again. @param why in both languages */
export function simulatorLostNotice({ zh, en }: Text, since: number): Notice {
  return {
    id: SIMULATOR_NOTICE,
    severity: 'error',
    text: {
      zh: `模拟器已意外退出（${zh}）：模拟的数据源与摄像机暂无数据`,
      en: `The simulator ended by itself (${en}): nothing comes from the feeds and cameras that it plays`,
    },
    remedy: {
      zh: `大厅正在重新启动它，间隔最长一分钟。如一直不能恢复：${AGAIN.zh}`,
      en: `The hall starts it again, each minute at the longest. If it does not come back: ${lower(AGAIN.en)}`,
    },
    since,
  };
}

/** It plays again. */
export function simulatorBackNotice(since: number): Notice {
  return {
    id: SIMULATOR_NOTICE,
    severity: 'info',
    text: {
      zh: '模拟器曾意外退出，现已恢复：力量从各自驻地重新出发',
      en: 'The simulator ended by itself and plays again: units set out anew from where they are stationed',
    },
    remedy: { zh: '无需处理', en: 'Nothing need be done' },
    since,
  };
}

const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

import type { Notice } from '../../contract/features/notices.ts';
import type { Text } from '../../core/words.ts';

const AGAIN: Text = {
  zh: '结束本次演练后重新开始；实时工作中请重新启动大厅',
  en: 'End the drill and open it again; in live work, start the hall again',
};

/** What a world is to be played by could not be started. @param why in both languages */
export function simulatorFailedNotice({ zh, en }: Text, since: number): Notice {
  return {
    id: 'simulator',
    severity: 'error',
    text: {
      zh: `模拟器未能启动，没有模拟的城市：${zh}`,
      en: `The simulator could not be started, and there is no simulated city: ${en}`,
    },
    remedy: AGAIN,
    since,
  };
}

/** What a world is played by ended while it played. */
export function simulatorLostNotice(why: string, since: number): Notice {
  return {
    id: 'simulator',
    severity: 'error',
    text: {
      zh: `模拟器已意外退出（${why}）：模拟的数据源与摄像机不再有数据`,
      en: `The simulator ended by itself (${why}): nothing more comes from the feeds and cameras that it played`,
    },
    remedy: AGAIN,
    since,
  };
}

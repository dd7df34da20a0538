import type { Notice } from '../../contract/schema/station.ts';

/** A wall clock further off than this is said to the people at it, in ms. Order never depends on it. */
export const CLOCK_TOLERANCE = 2 * 60_000;

export function clockNotice(station: string, offsetMs: number, since: number): Notice {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  const [zh, en] = offsetMs > 0 ? ['快', 'ahead of'] : ['慢', 'behind'];
  return {
    id: `clock:${station}`,
    severity: 'warning',
    text: {
      zh: `工作站 ${station} 的时钟比本机${zh}约 ${minutes} 分钟；数据照常合并，显示的时间会有偏差。`,
      en: `The clock of station ${station} is about ${minutes} min ${en} this one. Data still merge; shown times differ.`,
    },
    remedy: {
      zh: '在时钟不准的工作站上打开操作系统的自动对时。',
      en: 'Switch on automatic time in the operating system of the station whose clock is wrong.',
    },
    since,
  };
}

export function refusedByHubNotice(url: string, status: number, why: string, since: number): Notice {
  const token = status === 401;
  return {
    id: 'hub-refuses',
    severity: 'error',
    text: {
      zh: `主站 ${url} 拒绝了本站的连接（${status}）：${token ? '令牌缺失或错误' : why || '未说明原因'}。`,
      en: `The hub ${url} refused this station (${status}): ${why || 'it gave no reason'}.`,
    },
    remedy: token
      ? { zh: '核对本站配置中的令牌与主站一致。', en: "Give this station the hub's token." }
      : { zh: '查看主站的设置后重试。', en: "Look at the hub's settings." },
    since,
  };
}

export function sameNameNotice(station: string, since: number): Notice {
  return {
    id: 'same-name',
    severity: 'error',
    text: {
      zh: `另一台工作站也叫“${station}”，已断开与它的连接。`,
      en: `Another station is called "${station}" too; the connection to it was closed.`,
    },
    remedy: { zh: '给其中一台改名后重启。', en: 'Give one of them another name and restart it.' },
    since,
  };
}

export function protocolNotice(message: string, since: number): Notice {
  return {
    id: 'sync-protocol',
    severity: 'error',
    text: { zh: `与对方工作站的同步协议版本不同，未能连接：${message}。`, en: `Not connected: ${message}.` },
    remedy: { zh: '在两台工作站上安装同一版本。', en: 'Install the same version on both stations.' },
    since,
  };
}

export function blockedNotice(peer: string, chain: string, reason: string, since: number): Notice {
  return {
    id: `blocked:${peer}:${chain}`,
    severity: 'error',
    text: {
      zh: `工作站 ${peer} 不接收 ${chain} 的记录（${reason}），这部分记录未能同步。`,
      en: `Station ${peer} does not take the events of ${chain} (${reason}); they are not synced there.`,
    },
    remedy: {
      zh: '保留两站的数据目录，勿删除任何文件，并联系维护人员核对。',
      en: 'Keep the data folders of both stations as they are, and have them compared.',
    },
    since,
  };
}

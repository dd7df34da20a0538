import type { Notice } from '../../contract/features/notices.ts';
import { shownChain } from '../../core/ledger/stream.ts';
import type { TwinKind } from './effect.ts';
import { isIngestReason, REASONS } from './ingestReasons.ts';

/** A wall clock further off than this is said to the people at it, in ms. Order never depends on it. */
export const CLOCK_TOLERANCE = 2 * 60_000;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export function clockNotice(station: string, offsetMs: number, since: number): Notice {
  const off = spanOf(Math.abs(offsetMs));
  const [zh, en] = offsetMs > 0 ? ['快', 'ahead of'] : ['慢', 'behind'];
  return {
    id: `clock:${station}`,
    severity: 'warning',
    text: {
      zh: `工作站 ${station} 的时钟比本机${zh}${off.zh}；数据照常合并，显示的时间会有偏差。`,
      en: `The clock of station ${station} is ${off.en} ${en} this one. Data still merge; shown times differ.`,
    },
    remedy: {
      zh: '在时钟不准的工作站上打开操作系统的自动对时。',
      en: 'Switch on automatic time in the operating system of the station whose clock is wrong.',
    },
    since,
  };
}

function spanOf(ms: number): { zh: string; en: string } {
  if (ms < 10 * DAY) return { zh: `约 ${Math.round(ms / MINUTE)} 分钟`, en: `about ${Math.round(ms / MINUTE)} min` };
  if (ms < 3650 * DAY) return { zh: `约 ${Math.round(ms / DAY)} 天`, en: `about ${Math.round(ms / DAY)} days` };
  return { zh: '十年以上', en: 'more than ten years' };
}

/** The hub answered with an HTTP status instead of letting this station in. */
export function refusedByHubNotice(url: string, status: number, why: string, since: number): Notice {
  const moved = status >= 300 && status < 400;
  const [zh, en] = moved
    ? ['该地址已转到别处', 'the address leads elsewhere']
    : status === 401
      ? ['令牌缺失或错误', why]
      : status === 403
        ? ['主站不允许本站接入', why]
        : ['该地址不是主站，或主站暂不接入', why || 'it gave no reason'];
  return {
    id: 'hub-refuses',
    severity: 'error',
    text: {
      zh: `主站 ${url} 拒绝了本站的连接：${zh}。`,
      en: `The hub ${url} refused this station (${status}): ${en}.`,
    },
    remedy:
      status === 401
        ? { zh: '核对本站配置中的令牌与主站一致。', en: "Give this station the hub's token." }
        : { zh: '核对主站的地址与设置后重试。', en: "Look at the hub's address and settings." },
    since,
  };
}

const RENAME: Notice['remedy'] = {
  zh: '给其中一台换一个名称和空的数据目录后重启。',
  en: 'Give one of them another name, and a data folder of its own, and restart it.',
};

/** Another station has the name of this one. `role`: whether this one was turned away, or the other. */
export function sameNameNotice(
  station: string,
  role: 'apart' | 'turned-away' | 'kept',
  why: TwinKind,
  since: number,
): Notice {
  const ends = {
    apart: { zh: '已断开与它的连接', en: 'the connection to it was closed' },
    'turned-away': {
      zh: '它已接入主站，本站未被接入，本站的决定只保存在本机',
      en: 'it is connected to the hub, so this one was not let in, and what is decided here is nowhere else',
    },
    kept: { zh: '它试图接入主站，已被拒绝', en: 'it tried to join the hub and was turned away' },
  }[role];
  const copied =
    why === 'copy' ? { zh: '（使用了本站数据目录的副本）', en: ' (on a copy of the data folder)' } : { zh: '', en: '' };
  return {
    id: 'same-name',
    severity: 'error',
    text: {
      zh: `另一台工作站也叫“${station}”${copied.zh}；${ends.zh}。`,
      en: `Another station is called "${station}" too${copied.en}; ${ends.en}.`,
    },
    remedy: RENAME,
    since,
  };
}

/** Two of the stations that join this hub have one name. */
export function twinsNotice(station: string, why: TwinKind, since: number): Notice {
  const copied =
    why === 'copy' ? { zh: '，且使用同一份数据目录的副本', en: ', on copies of one data folder' } : { zh: '', en: '' };
  return {
    id: `same-name:${station}`,
    severity: 'error',
    text: {
      zh: `有两台工作站都叫“${station}”${copied.zh}；后来的一台未被接入。`,
      en: `Another station is called "${station}" too${copied.en}; the one that came later was not let in.`,
    },
    remedy: RENAME,
    since,
  };
}

export function selfNotice(url: string, since: number): Notice {
  return {
    id: 'hub-is-self',
    severity: 'error',
    text: { zh: `主站地址 ${url} 就是本站自己。`, en: `The hub's address ${url} leads back to this station itself.` },
    remedy: { zh: '填写另一台工作站的地址后重启。', en: 'Give the address of another station, and restart.' },
    since,
  };
}

/** Two names that people take for one. */
export function similarNameNotice(a: string, b: string, since: number): Notice {
  return {
    id: `similar-name:${b}`,
    severity: 'warning',
    text: {
      zh: `工作站“${a}”与“${b}”的名称只有大小写不同，容易认错。`,
      en: `Stations "${a}" and "${b}" differ only in capitals, and are easily taken for each other.`,
    },
    remedy: RENAME,
    since,
  };
}

export function protocolNotice(message: string, since: number): Notice {
  return {
    id: 'sync-protocol',
    severity: 'error',
    text: { zh: '与对方工作站的同步协议版本不同，未能连接。', en: `Not connected: ${message}.` },
    remedy: { zh: '在两台工作站上安装同一版本。', en: 'Install the same version on both stations.' },
    since,
  };
}

/** Chains a notice names; the rest is counted. */
const NAMED = 3;

/** A peer does not take some of what is held here. */
export function blockedNotice(peer: string, blocked: ReadonlyMap<string, string>, since: number): Notice {
  const chains = [...blocked].slice(0, NAMED);
  const more = blocked.size - chains.length;
  const zh = chains
    .map(([chain, reason]) => `${shownChain(chain)}（${isIngestReason(reason) ? REASONS[reason] : '原因不明'}）`)
    .join('、');
  const en = chains.map(([chain, reason]) => `${shownChain(chain)} (${reason})`).join(', ');
  return {
    id: `blocked:${peer}`,
    severity: 'error',
    text: {
      zh: `工作站 ${peer} 不接收 ${zh}${more > 0 ? `等 ${blocked.size} 条链` : ''} 的记录，这部分记录未能同步。`,
      en: `Station ${peer} does not take the events of ${en}${more > 0 ? ` and ${more} more` : ''}; they are not synced there.`,
    },
    remedy: {
      zh: '保留两站的数据目录，勿删除任何文件，并联系维护人员核对。',
      en: 'Keep the data folders of both stations as they are, and have them compared.',
    },
    since,
  };
}

/** A peer says that it holds records of ours which are not in this file. */
export function unknownRecordsNotice(peer: string, chain: string, lacking: number, since: number): Notice {
  const zh = lacking > 1_000_000 ? '大量' : `${lacking} 条`;
  const en = lacking > 1_000_000 ? 'a great many' : String(lacking);
  return {
    id: `unknown-records:${peer}`,
    severity: 'error',
    text: {
      zh: `工作站 ${peer} 称持有本站“${shownChain(chain)}”名下${zh}记录，而本机台账中没有；这些记录未被采用。`,
      en: `Station ${peer} says it holds ${en} records under our name ${shownChain(chain)} that this file lacks; they were not taken.`,
    },
    remedy: {
      zh: '若数据目录刚从旧备份恢复，请重启本站，记录会自动补回；否则有人冒用本站名称，请更换主站的令牌。',
      en: "If the data folder was put back from an old copy, restart this station: they come back. If not, somebody uses its name: change the hub's token.",
    },
    since,
  };
}

/** More notices of other stations than anybody reads. */
export function moreNotice(count: number, since: number): Notice {
  return {
    id: 'sync-more',
    severity: 'warning',
    text: {
      zh: `关于其他工作站的提示还有 ${count} 条未列出。`,
      en: `${count} more notices of other stations are not listed.`,
    },
    remedy: { zh: '先处理以上各条。', en: 'Mend those above first.' },
    since,
  };
}

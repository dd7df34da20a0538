import type { Notice } from '../../contract/features/notices.ts';
import { shownChain } from '../../core/ledger/stream.ts';
import type { DiskTrouble } from '../files/trouble.ts';
import type { LedgerFault, Recovery } from '../ledger/fault.ts';
import type { Fork, NotRecording, Stranger } from '../ledger/ledger.ts';
import type { Verified } from '../ledger/verification.ts';

/** Nothing is being recorded. The strip knows this id and says it in red. */
export function notRecordingNotice({ since, trouble, unwritten }: NotRecording): Notice {
  const { because, remedy } = trouble;
  return {
    id: 'ledger:not-recording',
    severity: 'error',
    text: {
      zh: `未在记录：台账无法写入，${because.zh}。告警照常出现，但只在内存中（${unwritten} 条待写入），断电或重启即丢失；人工操作一律不接受`,
      en: `Nothing is being recorded: ledger.db cannot be written, ${because.en}. Alarms come up all the same, in memory only (${unwritten} events wait to be written; a restart loses them); what people decide is refused`,
    },
    remedy: {
      zh: `${remedy.zh}磁盘恢复后自动补写，无需重启`,
      en: `${remedy.en} Recording goes on by itself then, without a restart`,
    },
    since,
  };
}

/** The ledger is written, its mark is not. */
export function markNotice({ because, remedy }: DiskTrouble, since: number): Notice {
  return {
    id: 'ledger:mark',
    severity: 'warning',
    text: {
      zh: `台账标记文件 ledger.head 无法写入，${because.zh}。记录不受影响，但台账末尾若丢失将无法发现`,
      en: `ledger.head cannot be written: ${because.en}. Everything is recorded, but a ledger that loses its end would go unnoticed`,
    },
    remedy: { zh: remedy.zh, en: remedy.en },
    since,
  };
}

/** What a person must know after the ledger was opened from a damaged file. */
export function recoveryNotice(recovery: Recovery): Notice {
  const first = recovery.faults[0];
  if (recovery.givenBy !== undefined) return givenBackNotice(recovery, recovery.givenBy);
  return {
    id: 'ledger:recovery',
    severity: 'error',
    text: {
      zh: `台账文件损坏${first ? `（${inChinese(first)}）` : ''}，已恢复核验通过的 ${recovery.kept} 条记录`,
      en: `The ledger file was damaged${first ? ` (${first.message})` : ''}; the ${recovery.kept} events that verify were recovered`,
    },
    remedy: {
      zh: `原文件完整保存为 ${recovery.aside ?? '—'}；与其他工作站联网后缺失记录会自动补回`,
      en: `The file is kept whole as ${recovery.aside ?? '—'}; what is missing comes back from the other stations`,
    },
    since: recovery.at,
  };
}

/** The daily verification found what the next start will recover from. */
export function damagedNotice({ faults, at }: Verified): Notice {
  const [first] = faults;
  return {
    id: 'ledger:damaged',
    severity: 'error',
    text: {
      zh: `台账核验发现损坏${first ? `（${inChinese(first)}）` : ''}；当前记录照常进行`,
      en: `Verifying the ledger found damage${first ? ` (${first.message})` : ''}; what is decided now is recorded all the same`,
    },
    remedy: {
      zh: '请在合适时重新启动本站：启动时保留原文件并恢复核验通过的记录，缺失部分由其他工作站补回',
      en: 'Restart this station when it suits: the start keeps the file, recovers what verifies, and the rest comes back from the other stations',
    },
    since: at,
  };
}

/** Another station held records of this one that the file lacks, though nothing in the file shows it. */
function givenBackNotice({ chain, at }: Recovery, from: string): Notice {
  return {
    id: 'ledger:recovery',
    severity: 'error',
    text: {
      zh: `工作站 ${from} 持有本站名下的记录，而本机台账中没有；已取回，本站今后以“${chain}”续写`,
      en: `Station ${from} holds records under this station's name that its file lacks; they were taken back, and it goes on as ${chain}`,
    },
    remedy: {
      zh: '若数据目录是从旧备份恢复的，或本机是替换后的新机，则一切正常；否则有人冒用本站名称，请更换主站的令牌',
      en: "All is well if the data folder was put back from an old copy, or this PC replaces another. If not, somebody uses this station's name: change the hub's token",
    },
    since: at,
  };
}

const FAULTS: Record<LedgerFault['fault'], string> = {
  'not-a-database': '不是数据库文件',
  unreadable: '内容无法读取',
  malformed: '记录格式不合规',
  gap: '记录缺失',
  repeat: '记录重复',
  'broken-link': '与前一条不衔接',
  altered: '写入后被改动',
  misnamed: '记录编号不符',
  'lost-tail': '末尾记录丢失',
};

/** A fault's own message is in English. */
function inChinese({ fault, file, chain, seq }: LedgerFault): string {
  const where = chain === null ? '' : ` 链 ${shownChain(chain)}${seq === null ? '' : ` 第 ${seq} 条`}`;
  return `${file}${where}：${FAULTS[fault]}`;
}

/** Somebody holds another version of a chain: two files wrote under one name. */
export function forkNotice(fork: Fork, since: number): Notice {
  return {
    id: `ledger:fork:${fork.chain}`,
    severity: 'error',
    text: {
      zh: `工作站 ${fork.from} 持有“${shownChain(fork.chain)}”第 ${fork.seq} 条的另一版本`,
      en: `Station ${fork.from} holds another version of ${shownChain(fork.chain)} from event ${fork.seq} on`,
    },
    remedy: {
      zh: '两台工作站可能使用了同一名称或同一份数据副本；请为其中一台更换名称',
      en: 'Two stations may share a name or a copied data folder; give one of them another name',
    },
    since,
  };
}

/** Somebody writes under a station's name without its key. */
export function strangerNotice({ chain, from }: Stranger, since: number): Notice {
  const name = shownChain(chain);
  return {
    id: `ledger:stranger:${chain}:${from}`,
    severity: 'error',
    text: {
      zh: `工作站 ${from} 送来以“${name}”名义写的记录，但没有该站的签名；未采用`,
      en: `Station ${from} sent records under the name ${name} that are not signed with its key; they were refused`,
    },
    remedy: {
      zh: '有人冒用该站名称，或该站换了数据目录；请核对该站，必要时更换主站的令牌',
      en: "Somebody uses that station's name, or it runs on another data folder: look there, and change the hub's token where it was not you",
    },
    since,
  };
}

/** The key of this folder is not the one that the station's records were signed with so far. */
export function keyChangedNotice(since: number): Notice {
  return {
    id: 'ledger:key',
    severity: 'error',
    text: {
      zh: '本站的签名密钥（数据目录中的 station.key）已不是原来的一把；其他工作站不接收本站的新记录',
      en: "This station's key (station.key in the data folder) is not the one it signed with before; other stations take none of its new records",
    },
    remedy: {
      zh: '请从备份放回原来的 station.key 后重启；若已丢失，请为本站换一个名称和空的数据目录',
      en: 'Put the former station.key back from a copy and restart; if it is lost, give this station another name and a data folder of its own',
    },
    since,
  };
}

/** The folder holds what was done in a drill beside the live work. */
export function drillRecordNotice(stream: string, since: number): Notice {
  return {
    id: 'drill-record',
    severity: 'warning',
    text: {
      zh: `此数据目录是演练（${stream}）的记录，不是实战`,
      en: `This data folder is the record of a drill (${stream}), not of live work`,
    },
    remedy: {
      zh: '查看后请用本厅自己的数据目录重新启动',
      en: 'When you have looked at it, start the hall with its own data folder.',
    },
    since,
  };
}

import type { Notice } from '../../contract/features/notices.ts';
import { shownChain } from '../../core/ledger/stream.ts';
import type { BadFile } from '../config/catalogue.ts';
import type { TakenId } from '../config/uniqueIds.ts';
import type { DiskTrouble } from '../files/trouble.ts';
import type { LedgerFault, Recovery } from '../ledger/fault.ts';
import type { Fork, NotRecording, Stranger } from '../ledger/ledger.ts';
import type { Verified } from '../ledger/verification.ts';

/** One notice for every file that was left out. */
export function badFileNotices(bad: readonly BadFile[], since: number): Notice[] {
  return bad.map((file) => ({
    id: `file:${file.file}`,
    severity: 'error',
    text: { zh: `配置文件未能使用：${file.message}`, en: `A configuration file was left out: ${file.message}` },
    remedy: { zh: `改正后重新启动（${file.remedy}）`, en: `${file.remedy} Then start the hall again.` },
    since,
  }));
}

/** A file with an id that another of the same folder took before. */
export function takenIdNotice({ file, id, by }: TakenId, since: number): Notice {
  return {
    id: `file:${file}`,
    severity: 'error',
    text: {
      zh: `配置文件未采用：${file} 中的编号“${id}”已用于 ${by}`,
      en: `A configuration file was left out: "${id}" in ${file} is in ${by} already`,
    },
    remedy: {
      zh: '改用另一编号，或移走两个文件之一，然后重新启动',
      en: 'Give it an id of its own, or move one of the two files away. Then start the hall again.',
    },
    since,
  };
}

/** A file of the hall's own stands in for a part of the product. */
export function replacedNotice({ file, id, by }: TakenId, since: number): Notice {
  return {
    id: `replaced:${file}:${id}`,
    severity: 'info',
    text: {
      zh: `“${id}”采用本站文件 ${by}，代替随产品提供的 ${file}`,
      en: `"${id}" is taken from this hall's own ${by}, in place of the product's in ${file}`,
    },
    remedy: {
      zh: '如非本意，请移走本站的文件后重新启动',
      en: "If that is not meant, move this hall's file away and start the hall again.",
    },
    since,
  };
}

/** A rule or plan speaks of sensors or departments that are not there. */
export function unknownIdsNotice(
  { file, of, ids }: { file: string; of: string; ids: readonly string[] },
  since: number,
): Notice {
  const some = ids.slice(0, 10);
  const more = ids.length - some.length;
  return {
    id: `unknown:${file}:${of}`,
    severity: 'warning',
    text: {
      zh: `${file} 的“${of}”提到了不存在的编号：${some.join('、')}${more > 0 ? `等 ${ids.length} 个` : ''}`,
      en: `"${of}" in ${file} names what is not there: ${some.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    },
    remedy: {
      zh: '改正编号后重新启动；其余部分照常使用',
      en: 'Correct the ids and start the hall again; the rest of it is in use.',
    },
    since,
  };
}

/** Things of the city with an id that another has: the first is taken. */
export function doubledIdsNotice(file: string, ids: readonly string[], since: number): Notice {
  const some = ids.slice(0, 10).join(', ');
  return {
    id: `doubled:${file}`,
    severity: 'warning',
    text: {
      zh: `${file} 中有重复的编号，只采用第一个：${some}${ids.length > 10 ? `等 ${ids.length} 个` : ''}`,
      en: `Ids used twice in ${file}, of which the first is taken: ${some}${ids.length > 10 ? ` and ${ids.length - 10} more` : ''}`,
    },
    remedy: { zh: '为其余的改用另一编号后重新启动', en: 'Give the others ids of their own and start the hall again.' },
    since,
  };
}

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

/** Files of the drill city are missing. */
export function missingCityNotice(message: string, since: number): Notice {
  return {
    id: 'city:missing',
    severity: 'error',
    text: { zh: `城市底图数据未能载入：${message}`, en: `The city's data could not be loaded: ${message}` },
    remedy: { zh: '运行 npm run build 生成', en: 'Run npm run build' },
    since,
  };
}

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

/** The ffmpeg that somebody named does not run; another one is used, or none. */
export function namedFfmpegNotice(named: string, used: string | null, since: number): Notice {
  const name = named.replace(/\p{Cc}/gu, '·').slice(0, 200);
  return {
    id: 'ffmpeg:named',
    severity: 'warning',
    text: {
      zh: `环境变量 FFMPEG_PATH 指向的程序无法运行：“${name}”；${used ? `改用 ${used}` : '未找到其他可用的视频解码程序，视频不可用'}`,
      en: `FFMPEG_PATH names no ffmpeg that runs: "${name}"; ${used ? `${used} is used instead` : 'no other was found, and there is no video'}`,
    },
    remedy: {
      zh: '请改为可执行的 ffmpeg 程序的完整路径后重新启动，或删除该变量',
      en: 'Set it to the whole path of an ffmpeg that can be executed and start again, or unset it',
    },
    since,
  };
}

/** Another station's city was asked for, and by nothing. */
export function emptyCityFeedNotice(since: number): Notice {
  return {
    id: 'city-feed:empty',
    severity: 'warning',
    text: {
      zh: '环境变量 OPSHALL_CITY_FEED 为空：本站运行自己的演练城市，与另一台工作站的数据不同',
      en: 'OPSHALL_CITY_FEED is empty: this station runs a drill city of its own, whose values differ from the other station’s',
    },
    remedy: {
      zh: '请将另一台工作站数据目录中 city-feed 文件的内容填入该变量后重新启动；不需要时请删除该变量',
      en: 'Set it to the content of the file city-feed in the other station’s data folder and start again, or unset it',
    },
    since,
  };
}

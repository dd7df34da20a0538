import type { Notice } from '../../contract/features/notices.ts';
import type { Text } from '../../core/words.ts';
import type { BadFile } from '../config/catalogue.ts';
import type { TakenId } from '../config/uniqueIds.ts';

/** How files that were corrected come into use. */
const LOAD: Text = { zh: '在“设置”中载入文件', en: 'load the files under Setup' };

/** One notice for every file that was left out. */
export function badFileNotices(bad: readonly BadFile[], since: number): Notice[] {
  return bad.map((file) => ({
    id: `file:${file.file}`,
    severity: 'error',
    text: {
      zh: `配置文件未能使用：${file.message.zh}`,
      en: `A configuration file was left out: ${file.message.en}`,
    },
    remedy: { zh: `${file.remedy.zh}，然后${LOAD.zh}`, en: `${file.remedy.en} Then ${LOAD.en}.` },
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
      zh: `改用另一编号，或移走两个文件之一，然后${LOAD.zh}`,
      en: `Give it an id of its own, or move one of the two files away. Then ${LOAD.en}.`,
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
      zh: `如非本意，请移走本站的文件，然后${LOAD.zh}`,
      en: `If that is not meant, move this hall's file away and ${LOAD.en}.`,
    },
    since,
  };
}

/** Cameras are of devices that may not register with the hall. */
export function unknownDevicesNotice(file: string, ids: readonly string[], since: number): Notice {
  const some = ids.slice(0, 10);
  const more = ids.length - some.length;
  return {
    id: `unknown:${file}`,
    severity: 'warning',
    text: {
      zh: `摄像机所属的国标设备未写入 ${file}：${some.join('、')}${more > 0 ? `等 ${ids.length} 台` : ''}`,
      en: `Cameras are of devices that ${file} does not have: ${some.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    },
    remedy: {
      zh: `把它们连同口令写入该文件的 devices，或改正摄像机的 device，然后${LOAD.zh}`,
      en: `Write them under devices there, with their passwords, or correct the device of the cameras, and ${LOAD.en}.`,
    },
    since,
  };
}

/** A rule or plan speaks of sensors or departments that are not there. @param own it is the hall's, who can correct it */
export function unknownIdsNotice(
  { file, of, ids, own = true }: { file: string; of: string; ids: readonly string[]; own?: boolean },
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
    remedy: own
      ? {
          zh: `改正编号后${LOAD.zh}；其余部分照常使用`,
          en: `Correct the ids and ${LOAD.en}; the rest of it is in use.`,
        }
      : {
          zh: `这是随产品提供的：在 hall.yaml 的 without 中列出即不使用，或写同名的代替它，然后${LOAD.zh}`,
          en: `It is the product's: name it in hall.yaml under without to leave it out, or write one of the same id, and ${LOAD.en}.`,
        },
    since,
  };
}

/** A rule of the product is about gauges of the drill city alone, and nothing looks at the hall's own of that kind. */
export function unwatchedNotice(
  { of, kind, ids, count }: { of: string; kind: string; ids: readonly string[]; count: number },
  since: number,
): Notice {
  return {
    id: `unwatched:${of}`,
    severity: 'info',
    text: {
      zh: `产品规则“${of}”只看 ${ids.join('、')}，本大厅的 ${count} 个 ${kind} 传感器没有规则看管`,
      en: `The product's rule "${of}" looks at ${ids.join(', ')} alone: no rule looks at the ${count} sensors of the kind ${kind} of this hall`,
    },
    remedy: {
      zh: `请在 rules/ 中写一条同名规则，然后${LOAD.zh}`,
      en: `Write a rule of the same id in rules/, and ${LOAD.en}.`,
    },
    since,
  };
}

/** Two feeds are to listen on one port. */
export function samePortNotice({ file, port, by }: { file: string; port: number; by: string }, since: number): Notice {
  return {
    id: `port:${file}`,
    severity: 'warning',
    text: {
      zh: `${file} 的监听端口 ${port} 已用于 ${by}：其中一个数据源无法接收设备`,
      en: `The port ${port} in ${file} is that of ${by} already: one of the two feeds hears no device`,
    },
    remedy: { zh: `改用另一端口后${LOAD.zh}`, en: `Name another port and ${LOAD.en}.` },
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
    remedy: { zh: `为其余的改用另一编号后${LOAD.zh}`, en: `Give the others ids of their own and ${LOAD.en}.` },
    since,
  };
}

/** The hall's own map is of no use. @param text what is wrong, and what to do */
export function brokenMapNotice(text: Text, since: number): Notice {
  return { id: 'map:broken', severity: 'error', text, remedy: null, since };
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

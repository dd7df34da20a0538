import type { Said } from '../../../config/issue.ts';
import type { CodecReading } from '../codec.ts';
import { decimalOf } from '../decimal.ts';
import type { Block, SubValue, SubValues } from './segment.ts';
import { parseStamp } from './time.ts';

/** A sub-value that is taken from a command's factors (HJ 212-2017 table 8). */
interface Taken {
  readonly name: string;
  /** By which it is found: devices write it in any case. */
  readonly key: string;
  /** Its item is the factor's code with this behind it. */
  readonly ending: string;
}

/** @param period what the items of a command's averages end in */
const taking = (names: readonly string[], period: string): readonly Taken[] =>
  names.map((name) => ({ name, key: name.toLowerCase(), ending: name === 'Rtd' ? '' : `-${name}${period}` }));

/**
 * The commands that bring measurements. An average over ten minutes, an hour and a day are different quantities, so that the item says
 * which: w01018, w01018-Avg@minute, w01018-Avg@hour, w01018-Avg@day.
 */
const MEASURED: ReadonlyMap<string, readonly Taken[]> = new Map([
  ['2011', taking(['Rtd', 'ZsRtd'], '')],
  ['2021', taking(['RS'], '')],
  ['2031', taking(['Avg', 'ZsAvg', 'Data', 'DayData', 'NightData'], '@day')],
  ['2041', taking(['RT'], '@day')],
  ['2051', taking(['Avg', 'ZsAvg', 'Data'], '@minute')],
  ['2061', taking(['Avg', 'ZsAvg', 'Data'], '@hour')],
]);

/** Sub-values that the standard knows and the hall has no use for: a factor that has only such is no mistake. */
const LEFT = new Set([
  ...[
    'min',
    'max',
    'cou',
    'zsmin',
    'zsmax',
    'zscou',
    'sampletime',
    'flag',
    'eflag',
    'zsflag',
    'rs',
    'rt',
    'info',
    'sn',
  ],
]);

/**
 * What a factor's Flag says of its value. HJ 212-2017 table 9 and, P and the digits, the forms of 2005. During maintenance and calibration
 * an instrument is fed with something else than what it watches; a value that was typed in was at least meant for it. One beyond the
 * instrument's range may be the very thing that one waits for.
 */
const QUALITY: ReadonlyMap<string, CodecReading['quality']> = new Map(
  Object.entries({
    ...{ N: 'good', S: 'doubtful', C: 'bad', M: 'bad', D: 'bad', B: 'bad', F: 'bad', T: 'doubtful', P: 'bad' },
    // 2005, of air stations: calibration, weather, abnormal, normal.
    ...{ 0: 'bad', 1: 'good', 2: 'bad', 3: 'good' },
  } as const),
);

/** A number as devices write it. */
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i;
const CODE = /^[\w.]{1,32}$/;
/** Characters of what came that stand in a sentence. */
const SHOWN = 40;

/** Where readings and refusals of one message go. */
export interface ReadingTo {
  reading(reading: CodecReading): void;
  /** @param source what was refused, as it stood */
  refuse(path: string, said: () => Said, source: string): void;
}

/**
 * The readings of one block. Its DataTime is the instant for 2011 and 2021, else the period's beginning; resent history has its own.
 *
 * @param offsetMinutes of the zone of DataTime
 */
export function readBlock(command: string, block: Block, device: string, offsetMinutes: number, to: ReadingTo): void {
  const taken = MEASURED.get(command);
  if (!taken) return;
  const t = block.dataTime === null ? null : parseStamp(block.dataTime, offsetMinutes);
  if (t === null) {
    to.refuse('DataTime', () => noTime(block.dataTime), `DataTime=${block.dataTime ?? ''}`);
    return;
  }
  for (const [code, subs] of block.factors) {
    const source = () =>
      subs
        .values()
        .flatMap((s) => s.values.map((v) => `${code}-${s.name}=${v}`))
        .join(',');
    if (!CODE.test(code)) {
      to.refuse(code, () => noCode(code), source());
      continue;
    }
    let any = false;
    for (const { key, ending } of taken) {
      const sub = subs.get(key);
      if (!sub) continue;
      any = true;
      const value = numberIn(sub);
      // An empty value says that there is none, and needs no sentence.
      if (value === null) continue;
      if (typeof value === 'number') {
        const quality = qualityOf(subs.get('flag'));
        to.reading({ kind: 'reading', device, item: code + ending, t, value, quality });
      } else to.refuse(`${code}-${sub.name}`, () => value, source());
    }
    if (!any && !subs.keys().every((sub) => LEFT.has(sub)))
      to.refuse(code, () => nothingTaken(command, code, taken, subs), source());
  }
}

/** A number, null where nothing is said, or what is wrong. */
function numberIn({ name, values }: SubValue): number | Said | null {
  let first: string | null = null;
  let value = Number.NaN;
  for (const said of values) {
    if (said === '') continue;
    const next = decimalOf(said) ?? (NUMBER.test(said) ? Number(said) + 0 : Number.NaN);
    if (first === null) {
      first = said;
      value = next;
    } else if (!Object.is(next, value))
      return twice(
        name,
        values.filter((each) => each !== ''),
      );
  }
  if (first === null) return null;
  return Number.isFinite(value) ? value : noNumber(first);
}

/** The worst of what is said; nothing said is good: the standard lets a device leave the flag out. */
function qualityOf(flag: SubValue | undefined): CodecReading['quality'] {
  let worst: CodecReading['quality'] = 'good';
  for (const value of flag?.values ?? []) {
    if (value === '') continue;
    // A letter of nobody's table is no reason to lose the value, nor to trust it.
    const quality = QUALITY.get(value.toUpperCase()) ?? 'doubtful';
    if (quality === 'bad' || worst === 'good') worst = quality;
  }
  return worst;
}

function noTime(stamp: string | null): Said {
  const form = {
    zh: '请让现场机发送 DataTime，形式为 yyyyMMddHHmmss，例如 20261127083000',
    en: 'Have the device send DataTime as yyyyMMddHHmmss, such as 20261127083000.',
  };
  if (stamp === null || stamp === '')
    return { message: { zh: '缺少 DataTime', en: '`DataTime` is missing' }, remedy: form };
  const shown = shownOf(stamp);
  return { message: { zh: `DataTime ${shown} 不是时间`, en: `DataTime ${shown} is no time` }, remedy: form };
}

function noCode(code: string): Said {
  const shown = shownOf(code);
  return {
    message: { zh: `${shown} 不是因子编码`, en: `${shown} is no factor code` },
    remedy: {
      zh: '请让现场机使用附录 B 的编码，例如 w01018',
      en: 'Have the device use a code of annex B, such as w01018.',
    },
  };
}

function noNumber(value: string): Said {
  const shown = shownOf(value);
  return {
    message: { zh: `值 ${shown} 不是数值`, en: `the value ${shown} is no number` },
    remedy: {
      zh: '请让现场机只发送数值，异常用 Flag 表示',
      en: 'Have the device send a number, and say by Flag what is wrong with it.',
    },
  };
}

function twice(name: string, values: readonly string[]): Said {
  const shown = shownOf(values.join(' | '));
  return {
    message: { zh: `${name} 出现多次且值不同：${shown}`, en: `${name} stands there more than once, with ${shown}` },
    remedy: {
      zh: '请让现场机为每台仪器使用各自的因子编码或 MN',
      en: 'Have the device use a factor code or an MN of its own for each instrument.',
    },
  };
}

function nothingTaken(command: string, code: string, taken: readonly Taken[], subs: SubValues): Said {
  const names = shownOf(
    subs
      .values()
      .map((s) => s.name)
      .join(', '),
  );
  const wanted = `${code}-${taken[0]?.name}`;
  return {
    message: {
      zh: `命令 ${command} 中没有 ${wanted}，只有 ${names}`,
      en: `command ${command} has no ${wanted}, only ${names}`,
    },
    remedy: { zh: `请让现场机发送 ${wanted}`, en: `Have the device send ${wanted}.` },
  };
}

function shownOf(text: string): string {
  return JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
}

import type { Issue, Said } from '../../../config/issue.ts';
import type { CodecPosition, CodecReading, CodecRecord } from '../codec.ts';
import { numberIn, numberOf } from './numbers.ts';
import { type Budget, first, select } from './path.ts';
import type { PositionAt, ReadingAt, Shape, Source, TimeAt } from './shape.ts';
import { type ReadTime, timeReader } from './time.ts';

/** What is at hand where an element is read. */
export interface Scope {
  readonly root: unknown;
  readonly element: unknown;
  /** The topic's. */
  readonly levels: readonly string[];
  readonly retained: boolean;
  /** Wall ms of receipt. */
  readonly now: number;
  readonly budget: Budget;
  /** So many records may still come. */
  readonly left: number;
}

/** What an element brought. */
export interface Found {
  readonly records: CodecRecord[];
  readonly faults: Issue[];
  readonly undated: number;
  /** Wall ms of the newest record that has a time of its own. */
  readonly sentAt: number | null;
}

export type Elements = (scope: Scope) => Found;

/** What a device, and what it measures, may be called. */
const NAME = /^[^\p{C}]{1,64}$/u;

type Times = (time: TimeAt | null) => ReadTime;

/** Reads one element of a message: of one device, at one time unless its values have their own. */
export function elementReader(
  shape: Shape,
  offsetMinutes: number,
  wanted: (device: string, item: string) => boolean,
): Elements {
  const forms = new Map<string, ReadTime>();
  for (const time of [shape.time, ...shape.readings.map((reading) => reading.time)]) {
    const reader = time && timeReader(time.form, offsetMinutes);
    if (time && !reader) throw new Error(`there is no form of times "${time.form}"`);
    if (time && reader) forms.set(time.form, reader);
  }
  const times: Times = (time) => forms.get(time?.form ?? '') ?? (() => null);

  return (scope) => {
    const found = { records: [] as CodecRecord[], faults: [] as Issue[], undated: 0, sentAt: null as number | null };
    const device = wordAt(shape.device, scope, NAME);
    if (device === null) {
      found.faults.push({ path: textOf(shape.device), ...NO_DEVICE });
      return found;
    }
    const base = timeAt(shape.time, scope, times);
    const dated = (own: Time, path: string, record: (t: number) => CodecRecord): void => {
      if (own.is === 'wrong') found.faults.push({ path, ...NO_TIME });
      else if (own.is === 'none' && scope.retained) found.undated++;
      else {
        if (own.is === 'right') found.sentAt = Math.max(found.sentAt ?? own.t, own.t);
        found.records.push(record(own.is === 'right' ? own.t : scope.now));
      }
    };
    for (const reading of shape.readings) {
      for (const node of select(reading.at, scope, scope.budget)) {
        if (found.records.length >= scope.left) return found;
        const here = { ...scope, element: node.value };
        const item = reading.item ?? (reading.name ? wordAt(reading.name, here, NAME) : node.key);
        const raw = reading.value ? first(reading.value, here, scope.budget) : node.value;
        // Nothing was measured.
        if (raw === undefined || raw === null) continue;
        if (item === null || !NAME.test(item)) {
          found.faults.push({ path: reading.name ? textOf(reading.name) : reading.at.text, ...NO_NAME });
          continue;
        }
        const value = reading.bytes ? numberIn(raw, reading.bytes) : numberOf(raw);
        if (value === null) {
          // Beside what is measured stand serial numbers, names and states: only what has a sensor must be a number.
          if (reading.item !== null || wanted(device, item)) found.faults.push(noNumber(reading, item));
          continue;
        }
        const time = reading.time ? timeAt(reading.time, here, times) : base;
        dated(time, (reading.time ?? shape.time)?.at.text ?? '', (t) => readingOf(device, item, t, value));
      }
    }
    if (shape.position && found.records.length < scope.left) {
      const place = placeAt(shape.position, scope);
      if (place && 'path' in place) found.faults.push(place);
      else if (place) dated(base, shape.time?.at.text ?? '', (t) => ({ kind: 'position', device, t, ...place }));
    }
    return found;
  };
}

function readingOf(device: string, item: string, t: number, value: number): CodecReading {
  return { kind: 'reading', device, item, t, value, quality: 'good' };
}

type Time = { is: 'none' | 'wrong' } | { is: 'right'; t: number };

function timeAt(time: TimeAt | null, scope: Scope, times: Times): Time {
  const written = time ? first(time.at, scope, scope.budget) : undefined;
  if (written === undefined || written === null) return { is: 'none' };
  const t = times(time)(written);
  return t === null ? { is: 'wrong' } : { is: 'right', t };
}

type Place = Pick<CodecPosition, 'lon' | 'lat' | 'speed' | 'heading'>;

/** Null where there is none: not written, or 0, 0, which is what receivers say that have no fix. */
function placeAt({ lon, lat, speed, heading }: PositionAt, scope: Scope): Place | Issue | null {
  const raw = [first(lon, scope, scope.budget), first(lat, scope, scope.budget)];
  if (raw.every((each) => each === undefined || each === null)) return null;
  const [east, north] = raw.map(numberOf);
  if (east === undefined || east === null || !(Math.abs(east) <= 180)) return { path: lon.text, ...NO_LON };
  if (north === undefined || north === null || !(Math.abs(north) <= 90)) return { path: lat.text, ...NO_LAT };
  if (east === 0 && north === 0) return null;
  const fast = speed ? (numberOf(first(speed.at, scope, scope.budget)) ?? 0) * speed.times : 0;
  const turned = heading ? (numberOf(first(heading, scope, scope.budget)) ?? 0) : 0;
  if (!(fast >= 0 && fast <= 350)) return { path: speed?.at.text ?? '', ...NO_SPEED };
  if (!(turned >= 0 && turned <= 360)) return { path: heading?.text ?? '', ...NO_HEADING };
  return { lon: east, lat: north, speed: fast, heading: turned };
}

/** A word that stands in the message or the topic; null where there is none that fits. */
function wordAt(source: Source, scope: Scope, fits: RegExp): string | null {
  if ('is' in source) return source.is;
  const raw = 'level' in source ? scope.levels.at(source.level) : first(source, scope, scope.budget);
  const word = typeof raw === 'number' ? String(raw) : typeof raw === 'string' ? raw.trim() : '';
  return fits.test(word) ? word : null;
}

const textOf = (source: Source): string =>
  'is' in source ? source.is : 'level' in source ? `topic[${source.level}]` : source.text;

function noNumber({ at, value, bytes }: ReadingAt, item: string): Issue {
  const path = value && value.text !== '@' ? `${at.text} ${value.text}` : at.text;
  return bytes
    ? {
        path,
        message: { zh: `${item} 的位置上没有所写的字节`, en: `${item} has no such bytes` },
        remedy: { zh: '请核对 bytes 的 as、from 与 count', en: 'Check `as`, `from` and `count` under `bytes`.' },
      }
    : {
        path,
        message: { zh: `${item} 不是数值`, en: `${item} is no number` },
        remedy: { zh: '请核对该路径，或从 readings 中去掉', en: 'Check the path, or take it out of `readings`.' },
      };
}

const NO_DEVICE: Said = {
  message: { zh: '没有设备编号', en: "is no device's number" },
  remedy: {
    zh: '请核对 messages 中的 device；编号为 1 到 64 个字符',
    en: 'Check `device` under `messages`; a number has 1 to 64 characters.',
  },
};
const NO_NAME: Said = {
  message: { zh: '没有测量项的名称', en: 'is no name of what is measured' },
  remedy: {
    zh: '请核对 readings 中的 name；名称为 1 到 64 个字符',
    en: 'Check `name` under `readings`; a name has 1 to 64 characters.',
  },
};
const NO_TIME: Said = {
  message: { zh: '不是所写形式的时间', en: 'is no time of that form' },
  remedy: { zh: '请核对 time 的 form，或由来源改正', en: 'Check `form` under `time`, or correct the source.' },
};
const NO_LON: Said = {
  message: { zh: '不是经度', en: 'is no longitude' },
  remedy: { zh: '请检查 lon 与 lat 是否写反', en: 'Check whether lon and lat are swapped.' },
};
const NO_LAT: Said = {
  message: { zh: '不是纬度', en: 'is no latitude' },
  remedy: { zh: '请检查 lon 与 lat 是否写反', en: 'Check whether lon and lat are swapped.' },
};
const NO_SPEED: Said = {
  message: { zh: '不是 0 到 350 米每秒的速度', en: 'is no speed of 0 to 350 m/s' },
  remedy: {
    zh: '来源以公里每小时发送时，请写 times: 0.277778',
    en: 'Where the source sends km/h, write `times: 0.277778`.',
  },
};
const NO_HEADING: Said = {
  message: { zh: '不是 0 到 360 度的方向', en: 'is no heading of 0 to 360 degrees' },
  remedy: { zh: '请核对该路径，或从 position 中去掉', en: 'Check the path, or take it out of `position`.' },
};

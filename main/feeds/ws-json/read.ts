import type { z } from 'zod';
import type { ToWgs84 } from '../../../core/places/crs.ts';
import type { UnitReport } from '../../../core/units/unit.ts';
import { describeIssue, type Issue, type Said } from '../../config/issue.ts';
import { EXCERPT_CHARS } from '../../rejects/rejects.ts';
import type { FeedBatch, FeedDirectory, ObservationReport, RecordFault } from '../feed.ts';
import { sketch } from '../sketch.ts';
import { isEnvelope, isObservationRecord, isUnitRecord } from './check.ts';
import { Envelope, MESSAGE_LIMITS, ObservationRecord, UnitRecord } from './schema.ts';

/** Rejects described for one message; the rest are only counted. */
const DESCRIBED = 20;

/** What became of one message. */
export type Reading =
  | { ok: false; fault: Issue }
  | { ok: true; seq: number | undefined; t: number; batch: FeedBatch; faults: RecordFault[]; rejected: number };

/** Reads one message; nothing makes it throw. */
export type Reader = (data: string | Buffer) => Reading;

/** @param toWgs84 conversion from the feed's CRS, null for WGS 84. */
export function createReader(directory: FeedDirectory, toWgs84: ToWgs84 | null): Reader {
  return (data) => {
    if (data.length > MESSAGE_LIMITS.bytes) {
      return refuse({
        message: {
          zh: `报文有 ${data.length} 字节，上限为 ${MESSAGE_LIMITS.bytes}`,
          en: `a message of ${data.length} bytes, the limit is ${MESSAGE_LIMITS.bytes}`,
        },
        remedy: { zh: '请拆成几条较小的报文发送', en: 'Send several smaller messages.' },
      });
    }
    let message: unknown;
    try {
      message = JSON.parse(typeof data === 'string' ? data : data.toString('utf8'));
    } catch (e) {
      const mark = data[0] === 0xef || data[0] === '\ufeff';
      return refuse({
        message: { zh: '不是 JSON', en: `not JSON: ${e instanceof Error ? e.message : String(e)}` },
        remedy: mark
          ? { zh: '请去掉开头的字节顺序标记（BOM）', en: 'Send it without a byte order mark.' }
          : { zh: '请每条报文只发送一个 JSON 对象', en: 'Send one JSON object a message.' },
      });
    }
    if (!isEnvelope(message)) return { ok: false, fault: faultOf(Envelope, message, []) };

    const faults: RecordFault[] = [];
    let rejected = 0;
    const reject = (record: unknown, fault: () => Issue) => {
      rejected++;
      if (faults.length < DESCRIBED) faults.push({ ...fault(), excerpt: sketch(record, EXCERPT_CHARS) });
    };
    const observations: ObservationReport[] = [];
    const obs = message.obs ?? [];
    for (let i = 0; i < obs.length; i++) {
      const r = obs[i];
      if (!isObservationRecord(r)) reject(r, () => faultOf(ObservationRecord, r, ['obs', i]));
      else if (!directory.hasSensor(r.sensor)) reject(r, () => unknown('sensor', r.sensor, `obs.${i}.sensor`));
      else observations.push({ sensor: r.sensor, t: r.t, value: r.value + 0, quality: r.quality ?? 'good' });
    }
    const units: UnitReport[] = [];
    const list = message.units ?? [];
    for (let i = 0; i < list.length; i++) {
      const r = list[i];
      if (!isUnitRecord(r)) reject(r, () => swapped(r, `units.${i}.lat`) ?? faultOf(UnitRecord, r, ['units', i]));
      else if (!directory.hasUnit(r.unit)) reject(r, () => unknown('unit', r.unit, `units.${i}.unit`));
      else {
        let { lon, lat } = r;
        if (toWgs84 !== null) {
          [lon, lat] = toWgs84(lon, lat);
          if (!(lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90)) {
            reject(r, () => offTheEarth(`units.${i}.lon`));
            continue;
          }
        }
        const { unit, t, heading, speed, status } = r;
        units.push({ unit, t, lon, lat, heading, speed, status });
      }
    }
    return {
      ok: true,
      seq: message.seq,
      t: message.t,
      batch: { sentAt: message.t, observations, units },
      faults,
      rejected,
    };
  };
}

function refuse(said: Said): Reading {
  return { ok: false, fault: { path: '', ...said } };
}

/** Asks the schema about the members it knows only: the others, however many, are nobody's concern. */
function faultOf(schema: z.ZodObject, value: unknown, at: PropertyKey[]): Issue {
  const issue = schema.safeParse(knownMembers(schema, value)).error?.issues[0];
  return issue ? describeIssue(issue, at) : { path: at.join('.'), ...UNFIT };
}

const UNFIT: Said = {
  message: { zh: '不符合要求', en: 'does not fit' },
  remedy: { zh: '请对照 docs/protocols/ws-json.md', en: 'See docs/protocols/ws-json.md.' },
};

function unknown(kind: 'sensor' | 'unit', id: string, path: string): Issue {
  const name = JSON.stringify(id);
  const zh = kind === 'sensor' ? '传感器' : '力量';
  return {
    path,
    message: { zh: `大厅没有${zh} ${name}`, en: `the hall knows no ${kind} ${name}` },
    remedy: {
      zh: `请把它加入城市的${zh}清单，或从数据源中去掉`,
      en: `Add it to the city's ${kind}s, or take it out of the source.`,
    },
  };
}

/** Longitude and latitude in each other's place: seen only where the longitude is none that a latitude can be. */
function swapped(record: unknown, path: string): Issue | null {
  if (typeof record !== 'object' || record === null || !('lat' in record) || !('lon' in record)) return null;
  const { lat, lon } = record;
  if (typeof lat !== 'number' || typeof lon !== 'number') return null;
  if (!(Math.abs(lat) > 90 && Math.abs(lat) <= 180 && Math.abs(lon) <= 90)) return null;
  return {
    path,
    message: { zh: `lat 为 ${lat}，不是纬度`, en: `lat is ${lat}, which is no latitude` },
    remedy: { zh: '请检查 lon 与 lat 是否写反', en: 'Check whether lon and lat are swapped.' },
  };
}

function offTheEarth(path: string): Issue {
  return {
    path,
    message: { zh: '换算为 WGS 84 后不在地球上', en: 'lies outside the world once converted to WGS 84' },
    remedy: { zh: '请核对数据源配置中的坐标系 crs', en: "Check the feed's `crs`." },
  };
}

function knownMembers(schema: z.ZodObject, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const keys = Object.keys(schema.shape).filter((key) => Object.hasOwn(value, key));
  return Object.fromEntries(keys.map((key) => [key, (value as Record<string, unknown>)[key]]));
}

import { type ToWgs84, toWgs84 } from '../../../core/places/crs.ts';
import type { UnitReport } from '../../../core/units/unit.ts';
import type { Issue } from '../../config/issue.ts';
import { AHEAD_MS, type Moment } from '../../telemetry/intake.ts';
import { createSteadyClock, type SteadyClock } from '../../telemetry/steadyClock.ts';
import type { CodecFault, CodecPosition, CodecReading, CodecRecord } from '../codecs/codec.ts';
import type { FeedDirectory, ObservationReport } from '../feed.ts';
import type { DeviceFeedConfig } from './config.ts';

/** A device as its records are looked up. */
interface Device {
  readonly readings: ReadonlyMap<string, { readonly sensor: string; readonly times: number; readonly plus: number }>;
  /** Of a terminal. */
  readonly unit: { readonly id: string; readonly status: UnitReport['status'] } | null;
  /** Each device has a clock of its own: one that is ahead all the time must not be refused because its neighbour's is right. Null while it never was. */
  clock: SteadyClock | null;
}

/** What the hall makes of a device's records. */
export interface Mapped {
  readonly observations: ObservationReport[];
  readonly units: UnitReport[];
  /** Each thing that nothing is known of is described once. */
  readonly faults: CodecFault[];
  readonly refused: number;
}

/** So many things that nothing is known of are remembered as told. */
const MOST_TOLD = 1000;

/** Makes of what a protocol calls a thing what the hall calls it. */
export function createMapping(
  { devices, ...config }: DeviceFeedConfig,
  directory: FeedDirectory,
  canonical: (device: string) => string,
  stranger: (device: string, item?: string) => void = () => undefined,
): (records: readonly CodecRecord[], now: Moment) => Mapped {
  const known = new Map(
    devices.map((each): [string, Device] => [
      canonical(each.device),
      {
        readings: new Map(Object.entries(each.readings)),
        unit: 'unit' in each ? { id: each.unit, status: each.status } : null,
        clock: null,
      },
    ]),
  );
  const convert: ToWgs84 | null = 'crs' in config ? toWgs84(config.crs) : null;
  const told = new Set<string>();
  const timeOf = (device: Device, t: number, now: Moment): number => {
    if (t <= now.wall + AHEAD_MS && device.clock === null) return t;
    device.clock ??= createSteadyClock();
    const off = device.clock.heard(t, now);
    return t > now.wall + AHEAD_MS ? t - off : t;
  };

  /** Null where it was told before: it is counted alone. */
  const once = (key: string, fault: () => Issue, excerpt: string): CodecFault | null => {
    if (told.has(key) || told.size >= MOST_TOLD) return null;
    told.add(key);
    return { ...fault(), excerpt };
  };

  return (records, now) => {
    const observations: ObservationReport[] = [];
    const units: UnitReport[] = [];
    const faults: CodecFault[] = [];
    let refused = 0;
    const refuse = (fault: CodecFault | null): void => {
      refused++;
      if (fault) faults.push(fault);
    };
    const reading = (device: Device, record: CodecReading): void => {
      const { item, value } = record;
      const to = device.readings.get(item);
      if (to === undefined) {
        // A device says much that nobody asked for: a gauge is told of once, and a terminal was asked where it is.
        const fault =
          device.unit !== null && record.urgent === undefined
            ? null
            : once(`${record.device} ${item}`, () => unknownItem(record.device, item), `${item}=${value}`);
        if (fault) refuse(fault);
      } else if (!directory.hasSensor(to.sensor))
        refuse(once(to.sensor, () => unknownThing('sensor', to.sensor), `${item}=${value}`));
      else {
        const shown = value * to.times + to.plus;
        if (Number.isFinite(shown))
          observations.push({
            sensor: to.sensor,
            t: timeOf(device, record.t, now),
            value: shown,
            quality: record.quality,
          });
        else refuse(once(`${record.device} ${item} ∞`, () => beyondNumbers(record.device, item), `${item}=${value}`));
      }
    };
    const position = (device: Device, record: CodecPosition): void => {
      const { unit } = device;
      if (unit === null) return;
      const { id, status } = unit;
      if (!directory.hasUnit(id)) {
        refuse(once(id, () => unknownThing('unit', id), record.device));
        return;
      }
      const [lon, lat] = convert ? convert(record.lon, record.lat) : [record.lon, record.lat];
      const { heading, speed } = record;
      units.push({ unit: id, t: timeOf(device, record.t, now), lon, lat, heading, speed, status });
    };
    let device: Device | undefined;
    let name: string | null = null;
    for (const record of records) {
      // Of one message the records are one device's.
      if (record.device !== name) {
        name = record.device;
        device = known.get(canonical(name));
      }
      if (device === undefined) {
        stranger(record.device, record.kind === 'reading' ? record.item : undefined);
        refuse(once(record.device, () => unknownDevice(record.device), record.device));
      } else if (record.kind === 'reading') reading(device, record);
      else position(device, record);
    }
    return { observations, units, faults, refused };
  };
}

function unknownDevice(device: string): Issue {
  return {
    path: 'device',
    message: { zh: `数据源的清单里没有设备 ${device}`, en: `the feed's list has no device ${device}` },
    remedy: { zh: '请把它加入该数据源的 devices', en: "Add it to the feed's `devices`." },
  };
}

function unknownItem(device: string, item: string): Issue {
  return {
    path: `${device}.${item}`,
    message: { zh: `设备 ${device} 的 ${item} 没有对应的传感器`, en: `${item} of the device ${device} is no sensor's` },
    remedy: {
      zh: `请在该设备的 readings 中写上 ${item}，不需要时请不理会`,
      en: `Name a sensor for ${item} under the device's \`readings\`; where it is not needed, let it be.`,
    },
  };
}

function beyondNumbers(device: string, item: string): Issue {
  return {
    path: `${device}.${item}`,
    message: {
      zh: `设备 ${device} 的 ${item} 乘以 times 再加 plus 之后超出了数的范围`,
      en: `${item} of the device ${device} is beyond all numbers once \`times\` and \`plus\` are applied`,
    },
    remedy: {
      zh: '请核对设备的数值，以及数据源文件中的 times 与 plus',
      en: "Check the device's value, and `times` and `plus` in the feed's file.",
    },
  };
}

function unknownThing(kind: 'sensor' | 'unit', id: string): Issue {
  const zh = kind === 'sensor' ? '传感器' : '力量';
  return {
    path: kind,
    message: { zh: `大厅没有${zh} ${id}`, en: `the hall knows no ${kind} ${id}` },
    remedy: {
      zh: `请把它加入数据目录 city 中的${zh}清单`,
      en: `Add it to the ${kind}s in the folder city of the data folder.`,
    },
  };
}

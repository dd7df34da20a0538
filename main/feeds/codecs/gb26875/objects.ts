import { u16 } from './header.ts';
import { readTime } from './time.ts';

/** One information object; what its type does not have is 0, and the text is empty. */
export interface FireObject {
  /** Type of the fire-fighting system (table 4), and which of them in the building. */
  readonly system: number;
  readonly address: number;
  /** Type of the component (table 5), and its address: a number of four bytes. */
  readonly component: number;
  readonly part: number;
  /** Bits of a state, and of what was operated. */
  readonly status: number;
  readonly operation: number;
  /** Who operated. */
  readonly operator: number;
  /** Kind of analogue value (table 6), and the signed number that stands for it. */
  readonly quantity: number;
  readonly raw: number;
  /** Major and minor, the major one in the high byte. */
  readonly version: number;
  /** GB 18030, up to the first NUL: remains of older texts may follow it, and it may end within a character. */
  readonly text: Uint8Array;
  /** Wall ms by the device's clock; null where it says none, NaN where it is no time. */
  readonly time: number | null;
}

/** States have one byte or two, texts a fixed number or one that stands before them. */
type Field = Exclude<keyof FireObject, 'text'> | 'wide status' | 'fixed text' | 'counted text';

const WHERE = ['system', 'address'] as const;
const WHICH = [...WHERE, 'component', 'part'] as const;

/** What the objects of a type are made of. Types that only a centre sends, reserved ones and makers' own are not among them. */
const LAYOUTS: ReadonlyMap<number, readonly Field[]> = new Map<number, readonly Field[]>([
  [1, [...WHERE, 'wide status', 'time']],
  [2, [...WHICH, 'wide status', 'fixed text', 'time']],
  [3, [...WHICH, 'quantity', 'raw', 'time']],
  [4, [...WHERE, 'operation', 'operator', 'time']],
  [5, [...WHERE, 'version']],
  [6, [...WHERE, 'counted text']],
  [7, [...WHICH, 'fixed text']],
  [8, [...WHERE, 'time']],
  [21, ['status', 'time']],
  [24, ['operation', 'operator', 'time']],
  [25, ['version']],
  [26, ['counted text']],
  [28, ['time']],
]);

const DEVICE_STATE = 21;
const TEXT_BYTES = 31;
const SIZES: Readonly<Partial<Record<Field, number>>> = {
  ...{ part: 4, 'wide status': 2, raw: 2, version: 2, 'fixed text': TEXT_BYTES, time: 6 },
};

/** What application data say, as far as they can be read. */
export interface Application {
  /** Type flag, null where there are not even that and the count. */
  readonly type: number | null;
  readonly objects: readonly FireObject[];
  /** An unknown type, an object that is cut off, or bytes behind the last one; null where all is right. */
  readonly wrong: 'short' | 'type' | 'cut' | 'beyond' | null;
}

/** Reads the application data of an upload. What is whole before something wrong is read. */
export function readApplication(data: Uint8Array, offsetMinutes: number): Application {
  if (data.length < 2) return { type: null, objects: [], wrong: 'short' };
  const [type = 0, count = 0] = data;
  const layout = LAYOUTS.get(type);
  if (layout === undefined) return { type, objects: [], wrong: 'type' };
  const objects: FireObject[] = [];
  let at = 2;
  while (objects.length < count) {
    // Gateways of battery-powered detectors leave out the time of their own state.
    const fields = type === DEVICE_STATE && data.length - at === 1 ? layout.slice(0, 1) : layout;
    const read = readObject(fields, data, at, offsetMinutes);
    if (read === null) return { type, objects, wrong: 'cut' };
    objects.push(read.object);
    at = read.end;
  }
  return { type, objects, wrong: at < data.length ? 'beyond' : null };
}

const NONE: Uint8Array = new Uint8Array(0);

/** Null where the data end before the object does. */
function readObject(
  fields: readonly Field[],
  data: Uint8Array,
  begin: number,
  offsetMinutes: number,
): { object: FireObject; end: number } | null {
  const object = {
    ...{ system: 0, address: 0, component: 0, part: 0, status: 0, operation: 0, operator: 0 },
    ...{ quantity: 0, raw: 0, version: 0, text: NONE, time: null as number | null },
  };
  let at = begin;
  for (const field of fields) {
    const size = field === 'counted text' ? 1 + (data[at] ?? 0) : (SIZES[field] ?? 1);
    if (at + size > data.length) return null;
    switch (field) {
      case 'part':
        object.part = (u16(data, at) | (u16(data, at + 2) << 16)) >>> 0;
        break;
      case 'wide status':
        object.status = u16(data, at);
        break;
      case 'raw':
        object.raw = (u16(data, at) << 16) >> 16;
        break;
      case 'version':
        object.version = ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);
        break;
      case 'fixed text':
        object.text = untilNul(data.subarray(at, at + size));
        break;
      case 'counted text':
        object.text = untilNul(data.subarray(at + 1, at + size));
        break;
      case 'time':
        object.time = readTime(data, at, offsetMinutes);
        break;
      default:
        object[field] = data[at] ?? 0;
    }
    at += size;
  }
  return { object, end: at };
}

function untilNul(text: Uint8Array): Uint8Array {
  const end = text.indexOf(0);
  return end < 0 ? text : text.subarray(0, end);
}

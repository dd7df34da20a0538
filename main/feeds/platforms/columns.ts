import { z } from 'zod';
import { complaint } from '../../../core/complaint.ts';
import { cellText } from '../../city/import/cellText.ts';
import { formOf } from '../../config/formOf.ts';
import type { Path } from '../codecs/json-path/path.ts';
import type { NumberAt, ReadingAt, Shape, Source, TimeAt } from '../codecs/json-path/shape.ts';
import { DeviceNumber } from './devices.ts';
import { TimeForm } from './messages.ts';

/** In which columns of a table stands what the hall wants to know, as a file writes it (docs/protocols/folder.md). */

const MOST_READINGS = 200;
/** Of a column for the name of what is measured, and one for its value. */
const ANY = '*';

/** What a table is read by: each row as an element, its columns as members. */
export interface TableShape {
  readonly shape: Shape;
  /** Those that a table must have. */
  readonly columns: readonly string[];
  /** Those of them that hold numbers. */
  readonly numbers: readonly string[];
}

/** A column's name, in the form in which tables are read. */
const Column = z.string().transform((text, ctx): string => {
  const name = cellText(text);
  if (name !== '' && name.length <= 200) return name;
  ctx.addIssue({
    code: 'custom',
    ...complaint(
      { zh: '不是列名', en: "is no column's name" },
      { zh: '请照表头写，1 到 200 个字符', en: 'Write it as the head of the table has it, 1 to 200 characters.' },
    ),
  });
  return z.NEVER;
});

/** Dates as tables have them need no form. */
const TABLE = 'table';
const Time = formOf<{ at: string; form: string }>((written) =>
  typeof written === 'object'
    ? z.strictObject({ at: Column, form: TimeForm.default(TABLE) })
    : Column.transform((at) => ({ at, form: TABLE })),
);
const Device = formOf<string | { is: string }>((written) =>
  typeof written === 'object' ? z.strictObject({ is: DeviceNumber }) : Column,
);
const Named = z.strictObject({ name: Column, value: Column });
const Reading = formOf<string | { name: string; value: string }>((written) =>
  typeof written === 'object' ? Named : Column,
);

const Readings = z.record(z.string().regex(/^[^\p{C}]{1,64}$/u), Reading).superRefine((all, ctx) => {
  const names = Object.keys(all);
  for (const [item, at] of Object.entries(all))
    if ((item === ANY) !== (typeof at === 'object'))
      ctx.addIssue({ code: 'custom', path: [item], ...complaint(ONE_OF_TWO.said, ONE_OF_TWO.remedy) });
  if (names.length > MOST_READINGS) ctx.addIssue({ code: 'custom', ...complaint(TOO_MANY.said, TOO_MANY.remedy) });
});

const Speed = formOf<{ at: string; times: number }>((written) =>
  typeof written === 'object'
    ? z.strictObject({ at: Column, times: z.number().positive().default(1) })
    : Column.transform((at) => ({ at, times: 1 })),
);
const Position = z.strictObject({ lon: Column, lat: Column, speed: Speed.optional(), heading: Column.optional() });

export const Columns = z
  .strictObject({
    device: Device,
    time: Time.optional(),
    readings: Readings.default({}),
    position: Position.optional(),
  })
  .refine(
    ({ readings, position }) => Object.keys(readings).length > 0 || position !== undefined,
    complaint(
      { zh: '既没有 readings 也没有 position', en: 'has neither `readings` nor `position`' },
      { zh: '请写出测量值或位置所在的列', en: 'Write in which columns the values or the position stand.' },
    ),
  )
  .transform(({ device, time, readings, position }): TableShape => {
    const numbers = [
      ...Object.values(readings).map((at) => (typeof at === 'string' ? at : at.value)),
      ...(position ? [position.lon, position.lat, position.speed?.at, position.heading] : []),
    ].filter((column) => column !== undefined);
    const names = Object.values(readings).flatMap((at) => (typeof at === 'string' ? [] : [at.name]));
    const columns = [...(typeof device === 'string' ? [device] : []), ...(time ? [time.at] : []), ...names, ...numbers];
    const shape: Shape = {
      ...{ topic: null, only: [], unpack: [], each: null },
      device: typeof device === 'string' ? member(device) : (device satisfies Source),
      time: time ? ({ at: member(time.at), form: time.form } satisfies TimeAt) : null,
      readings: Object.entries(readings).map(([item, at]) => readingAt(item, at)),
      position: position
        ? {
            ...{ lon: member(position.lon), lat: member(position.lat) },
            speed: position.speed
              ? ({ at: member(position.speed.at), times: position.speed.times } satisfies NumberAt)
              : null,
            heading: position.heading === undefined ? null : member(position.heading),
          }
        : null,
    };
    return { shape, columns: [...new Set(columns)], numbers: [...new Set(numbers)] };
  });

const member = (name: string): Path => ({ root: '@', steps: [{ kind: 'member', name }], text: name });

function readingAt(item: string, at: string | { name: string; value: string }): ReadingAt {
  if (typeof at === 'string') return { item, at: member(at), name: null, value: null, time: null, bytes: null };
  const row: Path = { root: '@', steps: [], text: at.value };
  return { item: null, at: row, name: member(at.name), value: member(at.value), time: null, bytes: null };
}

const ONE_OF_TWO = {
  said: { zh: '写法不对', en: 'is not written like that' },
  remedy: {
    zh: '一列一项请写 水位: "水位(m)"；名称与数值各占一列请写 "*": { name: 列, value: 列 }',
    en: 'A column for each is `level: "Level (m)"`; a column for the name and one for the value is `"*": { name: column, value: column }`.',
  },
};
const TOO_MANY = {
  said: { zh: `超过 ${MOST_READINGS} 项`, en: `holds more than ${MOST_READINGS}` },
  remedy: { zh: '请只写需要的列', en: 'Name the columns that are needed.' },
};

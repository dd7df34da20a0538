import { z } from 'zod';
import { Id } from '../../../contract/schema/basics.ts';
import { complaint } from '../../../core/complaint.ts';
import { WrittenText } from '../../../core/plainText.ts';
import { formOf } from '../../config/formOf.ts';
import { isRegister, PLACES, parsePlace } from '../codecs/modbus/place.ts';
import { type Point, sizeOf } from '../codecs/modbus/spans.ts';
import { FORMS, type Form, ORDERS, registersOf } from '../codecs/modbus/value.ts';
import { onceEach } from '../devices/config.ts';
import { scale } from '../devices/written.ts';
import { quoted } from '../quoted.ts';
import { recorded } from '../recording/config.ts';
import type { Address } from '../transports/address.ts';

const PORT = 502;
const MOST_DEVICES = 1000;
const MOST_READINGS = 2000;

/** A host, or an IPv6 address in brackets, and a port. */
const AT = /^(?:\[(?<v6>[\da-fA-F:.]+)\]|(?<host>[\w.-]{1,253}))(?::(?<port>\d{1,5}))?$/;

/** Where a device, or the gateway before it, is dialled. */
const At = z.string().transform((text, ctx): Address => {
  const { v6, host, port = String(PORT) } = AT.exec(text)?.groups ?? {};
  const to = v6 ?? host;
  if (to !== undefined && Number(port) >= 1 && Number(port) <= 65_535) return { host: to, port: Number(port) };
  ctx.addIssue({
    code: 'custom',
    ...complaint(
      { zh: '不是“地址:端口”', en: 'is no address and port' },
      {
        zh: `请写成 10.1.2.3:${PORT} 这样；不写端口即 ${PORT}`,
        en: `Write it like 10.1.2.3:${PORT}; without a port it is ${PORT}.`,
      },
    ),
  });
  return z.NEVER;
});

/** What one place of a device means: the sensor, and how its number stands there. */
const LongReading = z.strictObject({
  sensor: Id,
  as: z.enum(FORMS).optional(),
  order: z.enum(ORDERS).optional(),
  missing: z.number().optional(),
  ...scale,
});
type Written = z.infer<typeof LongReading>;
const ShortReading = Id.transform((sensor): Written => ({ sensor, times: 1, plus: 0 }));
const Reading = formOf<Written>((written) => (typeof written === 'object' ? LongReading : ShortReading));

interface Measured {
  readonly sensor: string;
  readonly times: number;
  readonly plus: number;
  readonly point: Point;
}

const RANGES: Readonly<Partial<Record<Form, readonly [number, number]>>> = {
  int16: [-32_768, 32_767],
  uint16: [0, 65_535],
  int32: [-2_147_483_648, 2_147_483_647],
  uint32: [0, 4_294_967_295],
  bool: [0, 1],
};

/** By its name in the file: a place of the device. */
const Readings = z
  .record(z.string().max(64), Reading)
  .transform((all, ctx): Record<string, Measured> => {
    const complain = (path: string[], ...about: Parameters<typeof complaint>): void =>
      ctx.addIssue({ code: 'custom', path, ...complaint(...about) });
    const measured: Record<string, Measured> = Object.create(null);
    for (const [item, { sensor, times, plus, as, order, missing }] of Object.entries(all)) {
      const place = parsePlace(item);
      if (place === null) {
        complain([item], NO_PLACE.message, NO_PLACE.remedy);
        continue;
      }
      const isBit = !isRegister(place.table) || place.bit !== null;
      const form = isBit ? 'bool' : (as ?? 'uint16');
      const point: Point = {
        ...{ item, ...place, form, order: order ?? 'abcd' },
        missing: missing === undefined ? null : form === 'float32' ? Math.fround(missing) : missing,
      };
      const [least, most] = RANGES[form] ?? [];
      if (isBit && as !== undefined && as !== 'bool') complain([item, 'as'], ONE_BIT.message, ONE_BIT.remedy);
      else if (order !== undefined && (isBit || registersOf(form) === 1))
        complain([item, 'order'], NO_ORDER.message, NO_ORDER.remedy);
      else if (place.address + sizeOf(point) > PLACES) complain([item], BEYOND.message, BEYOND.remedy);
      else if (missing !== undefined && least !== undefined && most !== undefined)
        if (!Number.isInteger(missing) || missing < least || missing > most)
          complain(
            [item, 'missing'],
            { zh: `${form} 中不会出现这个数`, en: `is no number that ${form} can be` },
            {
              zh: `请写 ${least} 到 ${most} 的整数，即乘以 times 之前的数`,
              en: `Write a whole number from ${least} to ${most}, as it is before \`times\`.`,
            },
          );
      measured[item] = { sensor, times, plus, point };
    }
    return measured;
  })
  .refine(
    (all) => Object.keys(all).length > 0 && Object.keys(all).length <= MOST_READINGS,
    complaint(
      { zh: `不是 1 到 ${MOST_READINGS} 项`, en: `does not hold 1 to ${MOST_READINGS}` },
      {
        zh: '请写上寄存器与传感器；更多的请写成另一台设备',
        en: 'Name registers and their sensors; write more of them as another device.',
      },
    ),
  );

const Device = z.strictObject({
  device: quoted(
    /^[^\p{C}]{1,64}$/u,
    { zh: '不是设备名称', en: "is no device's name" },
    { zh: '请写 1 到 64 个字符的名称', en: 'Write a name of 1 to 64 characters.' },
  ),
  at: At,
  /** Which of the devices behind the address. */
  unitId: z.number().int().min(0).max(255).default(1),
  /** Seconds from one reading to the next; left out: the feed's. */
  every: z.number().min(0.1).max(86_400).optional(),
  /** Registers, or bits, between two that are named, which are read along. */
  gap: z.number().int().min(0).max(100).default(8),
  readings: Readings,
});

/** A feed that reads registers of devices over Modbus TCP, and writes none (docs/protocols/modbus.md). */
export const ModbusConfig = z
  .strictObject({
    id: Id,
    protocol: z.literal('modbus'),
    name: WrittenText,
    ...recorded,
    /** Seconds from one reading of a register to the next. */
    every: z.number().min(0.1).max(86_400).default(10),
    /** Seconds that an answer may take. */
    timeout: z.number().min(0.1).max(60).default(3),
    devices: z.array(Device).min(1).max(MOST_DEVICES).superRefine(onceEach(String)),
    /** Seconds without a value after which the feed counts as silent. */
    silentAfter: z.number().min(1).max(86_400).default(900),
  })
  .superRefine(({ every, silentAfter, devices }, ctx) => {
    const paces = [
      { path: ['every'], seconds: every },
      ...devices.map((device, i) => ({ path: ['devices', i, 'every'], seconds: device.every ?? 0 })),
    ];
    for (const { path, seconds } of paces)
      if (seconds > silentAfter) ctx.addIssue({ code: 'custom', path, ...complaint(SILENT.message, SILENT.remedy) });
  });
export type ModbusConfig = z.infer<typeof ModbusConfig>;

const NO_PLACE = {
  message: { zh: '不是寄存器或位的地址', en: 'is no address of a register or bit' },
  remedy: {
    zh: '请写成 holding:0、input:0x1F、coil:3、discrete:4，从 0 数起；寄存器的一位写成 holding:7.3；或按手册写 40001、30001、10001、00001，从 1 数起',
    en: 'Write it like holding:0, input:0x1F, coil:3 or discrete:4, counted from 0; a bit of a register like holding:7.3; or as manuals do, 40001, 30001, 10001, 00001, counted from 1.',
  },
};
const ONE_BIT = {
  message: { zh: '此处只有一位', en: 'is of one bit' },
  remedy: { zh: '请删去 as：一位的值是 0 或 1', en: 'Remove `as`: a bit is 0 or 1.' },
};
const NO_ORDER = {
  message: { zh: '此处没有多个寄存器可排', en: 'is of a number in one register' },
  remedy: {
    zh: '请删去 order，或在 as 中写 int32、uint32、float32 或 float64',
    en: 'Remove `order`, or write int32, uint32, float32 or float64 as `as`.',
  },
};
const BEYOND = {
  message: { zh: '超出了最后一个寄存器', en: 'goes beyond the last register' },
  remedy: { zh: `最后的地址是 ${PLACES - 1}`, en: `The last address is ${PLACES - 1}.` },
};
const SILENT = {
  message: { zh: '长于 silentAfter', en: 'is longer than `silentAfter`' },
  remedy: {
    zh: '请把 silentAfter 写得更长，否则数据源总是显示为没有数据',
    en: 'Write a longer `silentAfter`: the feed would count as silent between two readings.',
  },
};

import { z } from 'zod';
import { Id } from '../../../contract/schema/basics.ts';
import { complaint } from '../../../core/complaint.ts';
import { UNIT_STATUSES } from '../../../core/units/unit.ts';
import type { Text } from '../../../core/words.ts';
import { ITEM } from '../codecs/gb26875/items.ts';
import { quoted } from '../quoted.ts';

/** How a sensor's value is made of what the device says: value × `times` + `plus`. */
export const scale = {
  times: z
    .number()
    .refine((times) => times !== 0, complaint({ zh: '不能是 0', en: 'is 0: every value would be the same' }))
    .default(1),
  plus: z.number().default(0),
};

/** A sensor, and what its value is. */
const Reading = z
  .union([Id, z.strictObject({ sensor: Id, ...scale })])
  .transform((reading) => (typeof reading === 'string' ? { sensor: reading, times: 1, plus: 0 } : reading));

/** Sensors by the names that the protocol has for what is measured. */
const readings = (item: RegExp, said: Text, remedy: Text) =>
  z.record(z.string().regex(/^[^\p{C}]{1,64}$/u), Reading).superRefine((all, ctx) => {
    for (const name of Object.keys(all))
      if (!item.test(name)) ctx.addIssue({ code: 'custom', path: [name], ...complaint(said, remedy) });
  });

/** How one protocol writes what its devices are called, show and measure. */
interface Writing {
  readonly device: RegExp;
  readonly deviceRemedy: Text;
  readonly password: RegExp;
  readonly passwordRemedy: Text;
  readonly item: RegExp;
  readonly itemRemedy: Text;
}

const NO_DEVICE = { zh: '不是设备编号', en: "is no device's number" };
const NO_PASSWORD = { zh: '不是密码', en: 'is no password' };
const NO_ITEM = { zh: '不是该协议中的测量项', en: 'is nothing that the protocol measures' };
const NO_READINGS = complaint(
  { zh: '是空的', en: 'is empty' },
  { zh: '请写上测量项与传感器', en: 'Name what is measured, and its sensor.' },
);

/** Sensors by name, at least one. */
const someReadings = (item: RegExp, remedy: Text) =>
  readings(item, NO_ITEM, remedy).refine((all) => Object.keys(all).length > 0, NO_READINGS);

const gauge = ({ device, deviceRemedy, password, passwordRemedy, item, itemRemedy }: Writing) =>
  z.strictObject({
    device: quoted(device, NO_DEVICE, deviceRemedy),
    /** What it must show; left out: nothing. */
    password: quoted(password, NO_PASSWORD, passwordRemedy).optional(),
    readings: someReadings(item, itemRemedy),
  });

export const Monitor = gauge({
  device: /^[^\p{C}\p{Z}&=;,]{1,64}$/u,
  deviceRemedy: { zh: '请写现场机的 MN', en: "Write the device's MN." },
  password: /^[^\p{C}\p{Z}&=;,]{1,64}$/u,
  passwordRemedy: { zh: '请写现场机的 PW', en: "Write the device's PW." },
  item: /^[\w.]{1,32}(-(ZsRtd|RS|RT@day|(Avg|ZsAvg|Data)@(minute|hour|day)|(DayData|NightData)@day))?$/,
  itemRemedy: {
    zh: '请写因子编码（实时值，不带 -Rtd），或如 a34004-Avg@hour',
    en: 'Write the factor code for real-time values, without -Rtd, or like a34004-Avg@hour.',
  },
});

export const Station = gauge({
  device: /^[\dA-Fa-f]{1,10}$/,
  deviceRemedy: { zh: '请写测站地址，最多十位数字', en: "Write the station's address, at most ten digits." },
  password: /^[\dA-Fa-f]{4}$/,
  passwordRemedy: { zh: '请写四位十六进制数，例如 "1234"', en: 'Write four hexadecimal digits, like "1234".' },
  item: /^([\dA-F]{2}|FF[\dA-F]{2})$/,
  itemRemedy: {
    zh: '请写两位大写十六进制的要素标识符，例如 "39"',
    en: 'Write the identifier of an element in two hexadecimal digits, capitals, like "39".',
  },
});

/** Its protocol knows no password. */
export const Transmitter = z.strictObject({
  device: quoted(/^[\dA-Fa-f]{1,12}$/, NO_DEVICE, {
    zh: '请写传输装置的地址，最多十二位十六进制数，高字节在前',
    en: "Write the transmission device's address, at most twelve hexadecimal digits, the highest byte first.",
  }),
  readings: someReadings(ITEM, {
    zh: '请写如 1.3.000600D9:fire（系统类型.系统地址.部件地址:状态）、1.3:fault 或 device:main-power-fault',
    en: 'Write it like 1.3.000600D9:fire (type of system, its address, address of the component), 1.3:fault or device:main-power-fault.',
  }),
});

/** What is a unit of the hall's, which its protocol tells of but for its work. */
const mover = (device: RegExp, deviceRemedy: Text, item: RegExp, itemRemedy: Text) =>
  z.strictObject({
    device: quoted(device, NO_DEVICE, deviceRemedy),
    unit: Id,
    /** What is said of its work. */
    status: z.enum(UNIT_STATUSES).default('available'),
    readings: readings(item, NO_ITEM, itemRemedy).default({}),
  });

export const Terminal = mover(
  /^[\da-fA-F]{1,20}$/,
  { zh: '请写终端的手机号，最多二十位', en: "Write the terminal's telephone number, at most twenty digits." },
  /^(mileage|fuel)$/,
  { zh: '请写 mileage 或 fuel', en: 'Write mileage or fuel.' },
);

export const Ship = mover(
  /^\d{9}$/,
  { zh: '请写船舶的 MMSI，九位数字', en: "Write the ship's MMSI, nine digits." },
  /^draught$/,
  { zh: '请写 draught', en: 'Write draught.' },
);

export const Client = mover(
  /^(?! )[^\p{C}]{1,64}(?<! )$/u,
  { zh: '请写终端的 uid，最多 64 个字符', en: "Write the client's uid, at most 64 characters." },
  /^(battery|emergency)$/,
  { zh: '请写 battery 或 emergency', en: 'Write battery or emergency.' },
);

import type { FeedFault } from '../../../contract/features/feeds.ts';
import type { Issue, Said } from '../../config/issue.ts';
import { functionOf, type Request } from '../codecs/modbus/frames.ts';
import { faultOf } from '../faultOf.ts';
import type { DialError } from '../transports/tcpDial.ts';

/** Why a device was not read: what a window says of it, and the same more closely. */
export interface Loss extends Said {
  readonly fault: FeedFault;
}

const PLACE = {
  zh: '请核对设备的电源与网络，以及数据源文件中的 at',
  en: "See to the device's power and network, and check `at` in the feed's file.",
};

/** No connection, or none any more. @param error null where the other side ended it in peace */
export function lossOf(error: DialError | null): Loss {
  if (error === null)
    return {
      fault: 'closed',
      message: { zh: '设备没有应答就断开了连接', en: 'it closed the connection instead of an answer' },
      remedy: {
        zh: '它可能只接受一个或几个客户端：请停止其他程序，或核对 unitId',
        en: 'It may take one client or few: stop the other programs that read it, or check `unitId`.',
      },
    };
  const { code, message } = error;
  const report = code === undefined || message.includes(code) ? message : `${code}: ${message}`;
  return { fault: faultOf(error), message: { zh: `系统报告“${report}”`, en: report }, remedy: PLACE };
}

export function noAnswer(seconds: number): Loss {
  return {
    fault: 'timeout',
    message: { zh: `${seconds} 秒内没有应答`, en: `no answer within ${seconds} s` },
    remedy: {
      zh: '请核对设备的电源与网络，以及 at 与 unitId；慢的设备请调大 timeout',
      en: 'See to its power and network, and check `at` and `unitId`; give a slow one a longer `timeout`.',
    },
  };
}

/** The answer is none. */
export function notModbus({ message, remedy }: Said): Loss {
  return { fault: 'not-a-feed', message, remedy };
}

export const UNASKED: Loss = {
  fault: 'not-a-feed',
  message: { zh: '设备在没有查询时发来数据，已断开', en: 'it sends what nobody asked for, and was cut off' },
  remedy: {
    zh: '请核对 at：该端口可能不是 Modbus TCP，或另有程序共用该连接',
    en: 'Check `at`: it may be no Modbus TCP, or something else shares the connection.',
  },
};

/** The gateway answers, and the device behind it does not. */
const BEHIND: Loss = {
  fault: 'unreachable',
  message: { zh: '网关联系不到它后面的这台设备', en: 'the gateway does not reach the device behind it' },
  remedy: {
    zh: '请核对 unitId，以及网关与设备之间的接线和波特率',
    en: 'Check `unitId`, and the wiring and baud rate between gateway and device.',
  },
};

/** By the codes of exceptions (1.1b3, 7) those that speak of the device and not of what was asked. */
export const lossOfException = (code: number): Loss | null => (code === 10 || code === 11 ? BEHIND : null);

const EXCEPTIONS: ReadonlyMap<number, Said> = new Map([
  [
    1,
    {
      message: { zh: '不支持这一功能', en: 'illegal function' },
      remedy: {
        zh: '设备没有这一类寄存器：请核对是 holding、input、coil 还是 discrete',
        en: 'The device has none of this table: check whether it is holding, input, coil or discrete.',
      },
    },
  ],
  [
    2,
    {
      message: { zh: '没有这个地址', en: 'illegal data address' },
      remedy: {
        zh: '请核对地址：holding:0 从 0 数起，即手册中的 40001；手册若从 1 数起请减 1',
        en: 'Check the address: holding:0 is counted from 0 and is 40001 of manuals; take 1 off where the manual counts from 1.',
      },
    },
  ],
  [
    3,
    {
      message: { zh: '不接受查询的数值', en: 'illegal data value' },
      remedy: {
        zh: '请核对 as：数值占用的寄存器数可能与设备的不同',
        en: 'Check `as`: the number may take other registers in the device than were asked for.',
      },
    },
  ],
  [
    4,
    {
      message: { zh: '设备故障', en: 'failure of the device' },
      remedy: { zh: '请查看设备自身的故障指示', en: 'Look at what the device itself says of its state.' },
    },
  ],
  [
    6,
    {
      message: { zh: '设备忙', en: 'the device is busy' },
      remedy: {
        zh: '稍后会再次查询；经常如此时请调大 every',
        en: 'It is asked again; where that is often so, write a longer `every`.',
      },
    },
  ],
]);

const OTHER_CODE = {
  zh: '请向设备厂家询问这一代码的含义',
  en: "Ask the device's maker what this code means.",
};

/** What a device has against a request. @param path the device, and what was asked for by the file's names */
export function exceptionIssue(code: number, path: string, request: Request): Issue {
  const { message, remedy } = EXCEPTIONS.get(code) ?? {
    message: { zh: '设备报告异常', en: 'an exception' },
    remedy: OTHER_CODE,
  };
  const { table, address, count } = request;
  const what = `${table}:${address}`;
  const fn = functionOf(table);
  return {
    path,
    message: {
      zh: `${what}（共 ${count} 个）：${message.zh}（功能码 ${fn}，异常码 ${code}）`,
      en: `${what} (${count} in all): ${message.en} (function ${fn}, exception ${code})`,
    },
    remedy,
  };
}

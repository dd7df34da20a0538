import type { Issue } from '../../../config/issue.ts';
import { idText } from './ids.ts';

/** What is refused and what to do about it, one sentence each. */

const STANDARD = {
  zh: '请核对终端的协议版本与固件是否符合 JT/T 808',
  en: "Check the terminal's protocol version and firmware against JT/T 808.",
};
const LINE = { zh: '请检查终端的通信链路与固件', en: "Check the terminal's line and firmware." };
const UPGRADE = { zh: '请检查终端固件', en: "Check the terminal's firmware." };

export function notJt808(): Issue {
  return {
    path: 'frame',
    message: { zh: '不是 JT/T 808：找不到标识位 7E', en: 'not JT/T 808: there is no 7E that begins a frame' },
    remedy: { zh: '请核对接到此端口的设备与协议', en: 'Check what is connected to this port.' },
  };
}

export function endless(): Issue {
  return {
    path: 'frame',
    message: { zh: '报文过长，没有结束的 7E', en: 'a frame without end: no 7E within the longest there is' },
    remedy: LINE,
  };
}

export function tooShort(length: number): Issue {
  return {
    path: 'frame',
    message: { zh: `报文只有 ${length} 字节，不足一个消息头`, en: `a frame of ${length} bytes, less than a header` },
    remedy: LINE,
  };
}

export function badEscape(): Issue {
  return {
    path: 'frame',
    message: { zh: '转义有误：7D 之后不是 01 或 02', en: 'a wrong escape: 7D is not followed by 01 or 02' },
    remedy: { zh: '请检查终端的转义处理', en: 'Check how the terminal escapes 7E and 7D.' },
  };
}

export function badChecksum(): Issue {
  return { path: 'checksum', message: { zh: '校验码不对', en: 'the checksum is wrong' }, remedy: LINE };
}

export function badLength(said: number, came: number): Issue {
  return {
    path: 'length',
    message: {
      zh: `消息体长度写的是 ${said}，实际有 ${came} 字节`,
      en: `the header says ${said} bytes of body, ${came} came`,
    },
    remedy: {
      zh: '请核对终端的协议版本，2019 版须置版本标识位',
      en: "Check the terminal's protocol version: one of 2019 must set the version bit.",
    },
  };
}

export function badPart(total: number, number: number): Issue {
  return {
    path: 'part',
    message: { zh: `分包序号 ${number}，总包数 ${total}`, en: `part ${number} of ${total}` },
    remedy: { zh: '请检查终端的分包处理', en: 'Check how the terminal splits messages.' },
  };
}

export function tooManyParts(id: number, total: number, limit: number): Issue {
  return {
    path: 'part',
    message: {
      zh: `消息 ${idText(id)} 分为 ${total} 包，上限为 ${limit}`,
      en: `message ${idText(id)} comes in ${total} parts, the limit is ${limit}`,
    },
    remedy: { zh: '请让终端发送较短的消息', en: 'Let the terminal send shorter messages.' },
  };
}

export function partsLost(id: number, device: string, missing: number, total: number): Issue {
  return {
    path: 'part',
    message: {
      zh: `终端 ${device} 的消息 ${idText(id)} 缺 ${missing} 包（共 ${total} 包），已放弃`,
      en: `message ${idText(id)} of terminal ${device} is given up: ${missing} of ${total} parts never came`,
    },
    remedy: { zh: '请检查终端的通信链路', en: "Check the terminal's line." },
  };
}

export function encrypted(kind: number): Issue {
  return {
    path: 'encryption',
    message: { zh: `消息体已加密（方式 ${kind}）`, en: `the body is encrypted (kind ${kind})` },
    remedy: { zh: '请在终端上关闭消息体加密', en: "Switch the terminal's encryption off." },
  };
}

export function notATerminals(id: number): Issue {
  return {
    path: 'id',
    message: { zh: `${idText(id)} 是平台发出的消息`, en: `${idText(id)} is a message that only a centre sends` },
    remedy: { zh: '请核对接到此端口的设备', en: 'Check what is connected to this port.' },
  };
}

export function noSuchTerminal(device: string): Issue {
  return {
    path: 'phone',
    message: { zh: `大厅没有终端 ${device}`, en: `the hall knows no terminal ${device}` },
    remedy: { zh: '请把它加入该数据源的 devices', en: "Add it to the feed's `devices`." },
  };
}

export function wrongToken(device: string): Issue {
  return {
    path: 'token',
    message: { zh: `终端 ${device} 的鉴权码不对`, en: `terminal ${device} sent a wrong token` },
    remedy: { zh: '请让终端重新注册，或核对其鉴权码', en: 'Let the terminal register anew, or check its token.' },
  };
}

export function notAuthenticated(device: string): Issue {
  return {
    path: 'phone',
    message: {
      zh: `终端 ${device} 在此连接上未鉴权`,
      en: `terminal ${device} has not authenticated on this connection`,
    },
    remedy: { zh: '请让终端先注册并鉴权', en: 'Let the terminal register and authenticate first.' },
  };
}

export function tooManyTerminals(device: string, limit: number): Issue {
  return {
    path: 'phone',
    message: {
      zh: `此连接已有 ${limit} 个终端，不再接受 ${device}`,
      en: `the connection carries ${limit} terminals already: ${device} is not taken`,
    },
    remedy: { zh: '请让网关分用几个连接', en: 'Let the gateway use several connections.' },
  };
}

export function shortBody(what: string, length: number, least: number): Issue {
  return {
    path: 'body',
    message: {
      zh: `消息 ${what} 的消息体有 ${length} 字节，至少应有 ${least} 字节`,
      en: `the body of ${what} has ${length} bytes, it needs ${least}`,
    },
    remedy: STANDARD,
  };
}

export function badTime(): Issue {
  return {
    path: 'time',
    message: { zh: '时间不是有效的时间', en: 'the time is no time' },
    remedy: { zh: '请检查终端的时钟与定位模块', en: "Check the terminal's clock and receiver." },
  };
}

export function badLatitude(lat: number, lon: number): Issue {
  return {
    path: 'lat',
    message: { zh: `纬度为 ${lat}`, en: `the latitude is ${lat}` },
    remedy:
      Math.abs(lat) <= 180 && Math.abs(lon) <= 90
        ? { zh: '请检查终端是否把经度与纬度写反', en: 'Check whether the terminal swaps longitude and latitude.' }
        : UPGRADE,
  };
}

export function badLongitude(lon: number): Issue {
  return { path: 'lon', message: { zh: `经度为 ${lon}`, en: `the longitude is ${lon}` }, remedy: UPGRADE };
}

export function badCourse(course: number): Issue {
  return { path: 'course', message: { zh: `方向为 ${course}`, en: `the course is ${course}` }, remedy: UPGRADE };
}

export function badSpeed(speed: number): Issue {
  return {
    path: 'speed',
    message: { zh: `速度为 ${speed} km/h`, en: `the speed is ${speed} km/h` },
    remedy: UPGRADE,
  };
}

export function itemBeyond(): Issue {
  return {
    path: '',
    message: { zh: '位置汇报超出消息体', en: 'the report runs past the end of the body' },
    remedy: STANDARD,
  };
}

export function fewItems(said: number, came: number): Issue {
  return {
    path: 'count',
    message: { zh: `应有 ${said} 条位置汇报，只有 ${came} 条`, en: `${said} reports are announced, ${came} came` },
    remedy: STANDARD,
  };
}

import type { Said } from '../../../config/issue.ts';

const RECEIVER = {
  zh: '请检查接收机与线路；偶尔一条由无线电干扰引起，无需处理',
  en: 'Check the receiver and the line; one now and then is noise on the air, and needs nothing.',
};

/** What is refused, and what to do. */
export const SAID = {
  noise: {
    message: { zh: '不是 NMEA 0183 语句', en: 'no sentence of NMEA 0183' },
    remedy: { zh: '请核对该端口所接的设备及其协议', en: 'Check what is connected here, and its protocol.' },
  },
  long: {
    message: { zh: '一行过长，没有结尾', en: 'a line without end' },
    remedy: { zh: '请核对该端口所接的设备及其协议', en: 'Check what is connected here, and its protocol.' },
  },
  checksum: { message: { zh: '校验和不对', en: 'the checksum is wrong' }, remedy: RECEIVER },
  fields: {
    message: { zh: '语句的字段不对', en: 'the fields of the sentence are not those of a report' },
    remedy: RECEIVER,
  },
  payload: {
    message: { zh: '电文中有不允许的字符', en: 'the payload has characters that none has' },
    remedy: RECEIVER,
  },
  short: { message: { zh: '电文不完整', en: 'the message is cut off' }, remedy: RECEIVER },
  parts: {
    message: { zh: '分句电文没有收齐，已丢弃', en: 'a message in several sentences never became whole' },
    remedy: RECEIVER,
  },
  mmsi: {
    message: { zh: 'MMSI 不是九位数字', en: 'the MMSI is none' },
    remedy: { zh: '请让船方核对船载设备的 MMSI', en: 'Have the ship check the MMSI of its transponder.' },
  },
  place: {
    message: { zh: '经纬度超出范围', en: 'the position is none on earth' },
    remedy: { zh: '请让船方检查船载设备的定位', en: "Have the ship check its transponder's receiver." },
  },
} as const satisfies Record<string, Said>;

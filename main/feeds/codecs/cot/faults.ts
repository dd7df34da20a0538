import type { Text } from '../../../../core/words.ts';
import type { Issue } from '../../../config/issue.ts';

/** What makes an event be refused. */
export class CotFault extends Error {
  readonly issue: Issue;

  constructor(issue: Issue, cause?: unknown) {
    super(issue.message.en, { cause });
    this.name = 'CotFault';
    this.issue = issue;
  }
}

const fault = (path: string, message: Text, remedy: Text): Issue => ({ path, message, remedy });
const brief = (value: string): string => (value.length > 60 ? `${value.slice(0, 60)}…` : value);

const WHOLE: Text = { zh: '请让来源发送完整的 CoT 事件', en: 'Have the source send whole CoT events.' };
const CONNECTED: Text = {
  zh: '请核对该端口所接的程序及其协议',
  en: 'Check what is connected here, and its protocol.',
};

export const noise = (): Issue =>
  fault('', { zh: '不是 CoT 事件，也不是 TAK 报文', en: 'is neither a CoT event nor a TAK message' }, CONNECTED);

export const endless = (most: number): Issue =>
  fault(
    '',
    { zh: `超过 ${most} 字节还没有结尾`, en: `is longer than ${most} bytes` },
    {
      zh: '请让来源不要在 detail 中附带图片与文件',
      en: 'Have the source leave pictures and files out of `detail`.',
    },
  );

export const cutOff = (): Issue =>
  fault(
    '',
    { zh: '数据报不完整', en: 'the datagram is cut off' },
    { zh: '请让来源把每个事件放在一个数据报里', en: 'Have the source send each event in one datagram.' },
  );

export const anotherVersion = (version: number): Issue =>
  fault(
    'version',
    {
      zh: `TAK 协议版本 ${version}，大厅读版本 1`,
      en: `is version ${version} of the TAK protocol; the hall reads version 1`,
    },
    { zh: '请让来源使用 TAK 协议版本 1 或 XML', en: 'Have the source use version 1, or XML.' },
  );

export const broken = (line: number): Issue =>
  fault('', { zh: `第 ${line} 行的 XML 有误`, en: `line ${line} is no good XML` }, WHOLE);

export const notUtf8 = (): Issue =>
  fault(
    '',
    { zh: '不是 UTF-8 编码的文字', en: 'is no text in UTF-8' },
    { zh: '请让来源用 UTF-8 发送', en: 'Have the source send UTF-8.' },
  );

export const doctype = (): Issue =>
  fault(
    '',
    { zh: '含有 DTD（DOCTYPE）', en: 'has a document type (DOCTYPE)' },
    { zh: '请去掉 DOCTYPE；CoT 没有这一部分', en: 'Take the DOCTYPE away; CoT has none.' },
  );

export const tooMuch = (what: Text, most: number): Issue =>
  fault('', { zh: `${what.zh}超过 ${most}`, en: `has more than ${most} ${what.en}` }, WHOLE);

export const notEvent = (root: string): Issue =>
  fault(
    '',
    { zh: `以 <${brief(root)}> 开头，不是 CoT 事件`, en: `begins with <${brief(root)}>, which is no CoT event` },
    CONNECTED,
  );

export const notTak = (): Issue => fault('', { zh: 'TAK 报文已损坏', en: 'is a damaged TAK message' }, CONNECTED);

export const missing = (path: string): Issue => fault(path, { zh: '缺失或过长', en: 'is missing, or too long' }, WHOLE);

export const noTime = (path: string, value: string): Issue =>
  fault(
    path,
    { zh: `“${brief(value)}”不是时间`, en: `“${brief(value)}” is no time` },
    { zh: '请让来源写成 2026-11-28T06:00:00Z', en: 'Have the source write it like 2026-11-28T06:00:00Z.' },
  );

export const noPlace = (): Issue =>
  fault(
    'event.point',
    { zh: '没有经纬度，或超出范围', en: 'is missing, or none on earth' },
    { zh: '请检查终端的定位', en: "See to the device's receiver." },
  );

export const staleAlready = (seconds: number): Issue =>
  fault(
    'event.stale',
    { zh: `到达时已过期 ${seconds} 秒`, en: `was stale for ${seconds} s when it came` },
    {
      zh: '请核对终端的时钟；服务器补发的旧事件无需处理',
      en: "Check the device's clock; of old events that a server sends again nothing is needed.",
    },
  );

import type { Text } from '../../../../core/words.ts';
import type { Issue } from '../../../config/issue.ts';

/** What makes a whole message be refused. */
export class CapFault extends Error {
  readonly issue: Issue;

  constructor(issue: Issue) {
    super(issue.message.en);
    this.name = 'CapFault';
    this.issue = issue;
  }
}

export const fault = (path: string, message: Text, remedy: Text): Issue => ({ path, message, remedy });

/** What came, short enough for a sentence. */
const brief = (value: string): string => (value.length > 60 ? `${value.slice(0, 60)}…` : value);

export const broken = (line: number): Issue =>
  fault(
    '',
    { zh: `第 ${line} 行的 XML 有误`, en: `line ${line} is no good XML` },
    { zh: '请发送一份完整的 CAP 1.2 报文', en: 'Send one whole CAP 1.2 message.' },
  );

export const notText = (encoding: string): Issue =>
  fault(
    '',
    { zh: `不是 ${encoding} 编码的文字`, en: `is no text in ${encoding}` },
    { zh: '请用 UTF-8 发送，或在 XML 声明中写明编码', en: 'Send UTF-8, or name the encoding in the XML declaration.' },
  );

export const doctype = (): Issue =>
  fault(
    '',
    { zh: '含有 DTD（DOCTYPE）', en: 'has a document type (DOCTYPE)' },
    { zh: '请去掉 DOCTYPE；CAP 没有这一部分', en: 'Take the DOCTYPE away; CAP has none.' },
  );

export const tooMuch = (path: string, what: Text, most: number): Issue =>
  fault(
    path,
    { zh: `${what.zh}超过 ${most}`, en: `has more than ${most} ${what.en}` },
    { zh: '请拆成几条较小的报文发送', en: 'Send several smaller messages.' },
  );

export const notCap = (root: string): Issue =>
  fault(
    '',
    { zh: `以 <${brief(root)}> 开头，不是 CAP 报文`, en: `begins with <${brief(root)}>, which is no CAP message` },
    { zh: '请每次发送一个 <alert>', en: 'Send one <alert> a message.' },
  );

export const missing = (path: string): Issue =>
  fault(
    path,
    { zh: '缺失或为空', en: 'is missing or empty' },
    { zh: '请在报文中写上它', en: 'Write it into the message.' },
  );

export const noTime = (path: string, value: string): Issue =>
  fault(
    path,
    { zh: `“${brief(value)}”不是时间`, en: `“${brief(value)}” is no time` },
    { zh: '请写成 2024-09-01T14:00:00+08:00', en: 'Write it like 2024-09-01T14:00:00+08:00.' },
  );

export const ahead = (path: string): Issue =>
  fault(
    path,
    { zh: '比大厅的时钟超前一小时以上', en: "is more than an hour ahead of the hall's clock" },
    { zh: '请核对来源的时钟与时区', en: "Check the source's clock and its time zone." },
  );

export const noMessageType = (value: string): Issue =>
  fault(
    'alert.msgType',
    { zh: `“${brief(value)}”不是报文类型`, en: `“${brief(value)}” is no type of message` },
    { zh: '请写 Alert、Update、Cancel、Ack 或 Error', en: 'Write Alert, Update, Cancel, Ack or Error.' },
  );

export const notActual = (value: string): Issue =>
  fault(
    'alert.status',
    { zh: `状态为“${brief(value)}”，大厅只显示 Actual`, en: `is “${brief(value)}”; the hall shows Actual alone` },
    { zh: '要显示的预警请以 Actual 发送', en: 'Send as Actual what is to be shown.' },
  );

export const noInfo = (): Issue =>
  fault(
    'alert.info',
    { zh: '没有 info，不知道预警什么', en: 'is missing: nothing says what is warned of' },
    { zh: '请在报文中写上 info', en: 'Write an info block into the message.' },
  );

export const anotherSender = (sender: string): Issue =>
  fault(
    'alert.sender',
    { zh: `来源“${brief(sender)}”不在此数据源的 senders 之中`, en: `“${brief(sender)}” is none of the feed's senders` },
    {
      zh: '请在数据源文件的 senders 中加入它，或停止转发',
      en: "Add it to `senders` in the feed's file, or do not forward it.",
    },
  );

export const badOutline = (path: string, value: string): Issue =>
  fault(
    path,
    {
      zh: `“${brief(value)}”不是“纬度,经度”的多边形，已略去`,
      en: `“${brief(value)}” is no polygon of “lat,lon”; it was left out`,
    },
    { zh: '请写至少四对“纬度,经度”，首尾相同', en: 'Write at least four pairs “lat,lon”, the last like the first.' },
  );

export const swapped = (path: string): Issue =>
  fault(
    path,
    { zh: '经度与纬度写反，已略去', en: 'has longitude and latitude swapped; it was left out' },
    { zh: 'CAP 先写纬度，后写经度', en: 'CAP has the latitude first.' },
  );

export const badCircle = (path: string, value: string): Issue =>
  fault(
    path,
    { zh: `“${brief(value)}”不是圆，已略去`, en: `“${brief(value)}” is no circle; it was left out` },
    { zh: '请写成“纬度,经度 半径（千米）”', en: 'Write it as “lat,lon radius in km”.' },
  );

export const tooManyPoints = (most: number): Issue =>
  fault(
    'alert.info.area.polygon',
    {
      zh: `各多边形共有 ${most} 个以上的点，其余已略去`,
      en: `have more than ${most} points together; the rest were left out`,
    },
    { zh: '请简化多边形', en: 'Simplify the polygons.' },
  );

import type { Text } from '../../../../core/words.ts';
import type { FeedConfig } from '../../../feeds/registry.ts';

type Protocol = FeedConfig['protocol'];
/** Members of a feed's file at its root. */
type FeedMember = FeedConfig extends infer C ? (C extends unknown ? keyof C : never) : never;

/** What each protocol is called, and what it is for. */
export const PROTOCOL_WORDS: Readonly<Record<Protocol, { readonly name: Text; readonly what: Text }>> = {
  hj212: {
    name: { zh: 'HJ 212 环保数采仪', en: 'HJ 212 pollution monitors' },
    what: {
      zh: '污染源、空气与水质在线监测的数采仪主动拨入大厅，按 HJ 212-2005、2017、2025 上报',
      en: 'Monitors of emissions, air and water dial the hall and report by HJ 212-2005, 2017 or 2025',
    },
  },
  sl651: {
    name: { zh: 'SL 651 水文遥测站', en: 'SL 651 hydrological stations' },
    what: {
      zh: '水位站、雨量站主动拨入大厅，按 SL 651-2014 上报',
      en: 'Water level and rain stations dial the hall and report by SL 651-2014',
    },
  },
  jt808: {
    name: { zh: 'JT/T 808 车载终端', en: 'JT/T 808 vehicle terminals' },
    what: {
      zh: '车辆的定位终端主动拨入大厅，上报位置、里程与油量',
      en: 'Terminals of vehicles dial the hall and report position, mileage and fuel',
    },
  },
  gb26875: {
    name: { zh: 'GB/T 26875.3 消防远程监控', en: 'GB/T 26875.3 fire alarm systems' },
    what: {
      zh: '建筑的用户信息传输装置主动拨入大厅，上报火警与故障',
      en: 'Transmission devices of buildings dial the hall and report fire alarms and faults',
    },
  },
  ais: {
    name: { zh: 'AIS 船舶', en: 'AIS ships' },
    what: {
      zh: 'AIS 接收机把船舶的位置报告（NMEA 0183）发到大厅，或由大厅连接接收机',
      en: 'A receiver of AIS sends the reports of ships (NMEA 0183) to the hall, or the hall calls it',
    },
  },
  cot: {
    name: { zh: 'CoT / TAK 手持终端', en: 'CoT / TAK clients' },
    what: {
      zh: '手持终端（ATAK、WinTAK 等）或 TAK 服务器发来位置与求救，XML 或 TAK 协议版本 1',
      en: 'Clients (ATAK, WinTAK and others) or a TAK server tell of positions and calls for help, in XML or TAK protocol version 1',
    },
  },
  mqtt: {
    name: { zh: 'MQTT 物联网平台', en: 'MQTT IoT platform' },
    what: {
      zh: '大厅连接物联网平台或网关，接收平台自定格式的 JSON 报文',
      en: 'The hall connects to an IoT platform or gateway and takes its messages, JSON of whatever shape',
    },
  },
  modbus: {
    name: { zh: 'Modbus TCP 可编程控制器与仪表', en: 'Modbus TCP controllers and meters' },
    what: {
      zh: '大厅定时读取泵站、闸门、燃气站等设备的寄存器，只读不写',
      en: 'The hall reads registers of pump stations, gates and gas stations every so often, and writes none',
    },
  },
  'http-poll': {
    name: { zh: 'HTTP 定时查询', en: 'HTTP service that is asked' },
    what: {
      zh: '大厅定时查询一个网址，应答是 JSON 或 CSV；也用于 OGC SensorThings',
      en: 'The hall asks an address every so often, which answers JSON or CSV; OGC SensorThings too',
    },
  },
  folder: {
    name: { zh: '文件夹中的文件', en: 'Files dropped into a folder' },
    what: {
      zh: '部门系统把 CSV、JSON 文件放进文件夹，大厅读取后移走',
      en: "A department's system drops CSV or JSON files into a folder; the hall reads them and moves them away",
    },
  },
  'http-json': {
    name: { zh: 'HTTP 提交', en: 'HTTP posts' },
    what: {
      zh: '部门系统把大厅格式的 JSON 提交到大厅的网址',
      en: "A department's system posts JSON of the hall's own shape to the hall",
    },
  },
  cap: {
    name: { zh: 'CAP 预警', en: 'CAP warnings' },
    what: {
      zh: '气象、水利等部门把预警（CAP 1.2、12379）提交到大厅的网址',
      en: 'Weather, water and other authorities post warnings (CAP 1.2, 12379) to the hall',
    },
  },
  calls: {
    name: { zh: '来电与上报', en: 'Calls and reports' },
    what: {
      zh: '电话交换机、12345 等热线系统把来电记录与市民上报提交到大厅的网址，由值班员答复',
      en: 'A telephone exchange or a hotline posts calls and reports of citizens to the hall, where the duty officer answers them',
    },
  },
  open311: {
    name: { zh: 'Open311 市民上报', en: 'Open311 requests' },
    what: {
      zh: '大厅定时向 Open311（GeoReport v2）服务查询市民上报，由值班员答复',
      en: 'The hall asks a service of Open311 (GeoReport v2) for what citizens report, which the duty officer answers',
    },
  },
  replay: {
    name: { zh: '录制回放', en: 'Recording played' },
    what: {
      zh: '把 recordings 中录下的原始报文按原来的节奏再读一遍',
      en: 'What was recorded of a feed is read once more, at the pace at which it came',
    },
  },
  'ws-json': {
    name: { zh: 'WebSocket 数据流', en: 'WebSocket stream' },
    what: {
      zh: '大厅连接一个 WebSocket 地址，接收大厅格式的 JSON 数据流',
      en: "The hall connects to a WebSocket and takes a stream of JSON of the hall's own shape",
    },
  },
};

/** What the members of a feed's file are called on screen. */
export const FEED_WORDS: Readonly<Record<Exclude<FeedMember, 'protocol' | 'isOwn'>, Text>> = {
  id: { zh: '编号（字母、数字、-）', en: 'Id (letters, digits, -)' },
  name: { zh: '名称', en: 'Name' },
  url: { zh: '地址', en: 'Address' },
  listen: { zh: '监听的地址与端口', en: 'Address and port to listen on' },
  dial: { zh: '要呼叫的设备的地址与端口', en: 'Address and port of devices to call' },
  token: { zh: '口令', en: 'Token' },
  username: { zh: '用户名', en: 'User name' },
  password: { zh: '密码', en: 'Password' },
  ca: { zh: '签发者证书（PEM）', en: 'Certificate of the signer (PEM)' },
  headers: { zh: '请求头', en: 'Headers' },
  clientId: { zh: '客户端标识', en: 'Client id' },
  version: { zh: 'MQTT 版本', en: 'Version of MQTT' },
  topics: { zh: '订阅的主题', en: 'Topics' },
  qos: { zh: '服务质量（QoS）', en: 'Quality of service (QoS)' },
  keepFor: { zh: '大厅离线时平台保留的秒数', en: 'Seconds that the broker keeps for the hall' },
  crs: { zh: '坐标系', en: 'Coordinate system' },
  zone: { zh: '时区', en: 'Time zone' },
  encoding: { zh: '文字编码', en: 'Encoding' },
  messages: { zh: '报文的样子', en: 'What messages look like' },
  columns: { zh: '表格的列', en: 'Columns of tables' },
  next: { zh: '下一页的位置', en: 'Where the next page stands' },
  devices: { zh: '设备与传感器', en: 'Devices and sensors' },
  owns: { zh: '专属的传感器与力量', en: 'Sensors and units of its own' },
  services: { zh: '要查询的服务代码', en: 'Service codes that are asked for' },
  days: { zh: '查询最近多少天', en: 'Days back that are asked for' },
  pageSize: { zh: '来源一次最多应答的条数', en: 'Requests in one answer at most' },
  to: { zh: '告知的席位', en: 'Seats that are told' },
  kinds: { zh: '来源的类别与大厅的事件类型', en: "The system's kinds and the hall's" },
  senders: { zh: '允许的发布单位', en: 'Senders that are let in' },
  holdHours: { zh: '未写明时限的预警保持小时数', en: 'Hours for which a warning without an end holds' },
  every: { zh: '间隔秒数', en: 'Every so many seconds' },
  timeout: { zh: '等待应答的秒数', en: 'Seconds to wait for an answer' },
  silentAfter: { zh: '多少秒没有数据算静默', en: 'Silent after so many seconds' },
  idleAfter: { zh: '多少秒没有数据就断开', en: 'Hangs up after so many idle seconds' },
  maxConnections: { zh: '同时连接的设备上限', en: 'Devices connected at once' },
  maxMessagesPerSecond: { zh: '每秒最多报文', en: 'Messages a second at most' },
  maxRowsPerSecond: { zh: '每秒最多行数', en: 'Rows a second at most' },
  folder: { zh: '文件夹', en: 'Folder' },
  record: { zh: '录制原始报文', en: 'Record what comes' },
  file: { zh: '录制文件', en: 'File of a recording' },
  speed: { zh: '播放速度', en: 'Speed' },
  loop: { zh: '循环播放', en: 'Play again and again' },
  as: { zh: '被录制的数据源', en: 'The feed that was recorded' },
};

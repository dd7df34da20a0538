import type { Text } from '../../../../core/words.ts';
import type { FeedConfig } from '../../../feeds/registry.ts';

type Protocol = FeedConfig['protocol'];

const head = (protocol: Protocol) => `id: ""\nprotocol: ${protocol}\nname: { zh: "", en: "" }\n`;

const PLATFORM: Text = {
  zh: `messages:                         # 报文中各项的位置
  each: "$.data[*]"               # 每台设备一项的列表；整条报文就是一台设备时删去本行
  device: "@.deviceId"            # 设备编号
  time: { at: "@.time", form: iso }
  readings: { level: "@.level" }  # 自定的名称: 位置
devices:
  - { device: "860001", readings: { level: WL-901 } }   # 上面的名称: 传感器编号
`,
  en: `messages:                         # where in a message each thing stands
  each: "$.data[*]"               # the list of devices; remove it where a message is one device
  device: "@.deviceId"            # the device's number
  time: { at: "@.time", form: iso }
  readings: { level: "@.level" }  # a name of yours: where it stands
devices:
  - { device: "860001", readings: { level: WL-901 } }   # that name: the id of a sensor
`,
};

const dialled = (protocol: Protocol, port: number, device: string, reading: string, said: Text): Text => {
  const text = (comment: string) =>
    `${head(protocol)}listen: 0.0.0.0:${port}\ndevices:\n  - { device: "${device}", readings: { ${reading} } }   # ${comment}\n`;
  return { zh: text(said.zh), en: text(said.en) };
};

const both = (text: string): Text => ({ zh: text, en: text });
const with_ = (before: string, { zh, en }: Text): Text => ({ zh: before + zh, en: before + en });

/** A file of each protocol to begin with: what a form asks for is empty in it, and what a form cannot ask for is an example. */
export const BEGINNINGS: Readonly<Record<Protocol, Text>> = {
  hj212: dialled('hj212', 9212, '88888880000001', 'a34004: PM-901', {
    zh: 'MN，因子编码: 传感器编号；有密码时加 password: "123456"',
    en: 'MN, factor code: id of a sensor; with a password add password: "123456"',
  }),
  sl651: dialled('sl651', 5651, '0012345678', '"39": WL-901, "20": RG-901', {
    zh: '测站地址，要素标识符: 传感器编号；有密码时加 password: "1234"',
    en: 'station address, element: id of a sensor; with a password add password: "1234"',
  }),
  gb26875: dialled('gb26875', 26875, '0102030405', '"1.3:fire": FA-901', {
    zh: '传输装置地址，系统类型.系统地址:状态: 传感器编号',
    en: 'address of the device, type of system.its address:state: id of a sensor',
  }),
  jt808: {
    zh: `${head('jt808')}listen: 0.0.0.0:7611\ncrs: wgs84\ndevices:\n  - { device: "013812345678", unit: SW-901 }   # 终端手机号，力量编号\n`,
    en: `${head('jt808')}listen: 0.0.0.0:7611\ncrs: wgs84\ndevices:\n  - { device: "013812345678", unit: SW-901 }   # telephone number of the terminal, id of a unit\n`,
  },
  ais: {
    zh: `${head('ais')}listen: udp://0.0.0.0:10110\ndevices:\n  - { device: "413000001", unit: SH-901 }   # MMSI，力量编号\n`,
    en: `${head('ais')}listen: udp://0.0.0.0:10110\ndevices:\n  - { device: "413000001", unit: SH-901 }   # MMSI, id of a unit\n`,
  },
  cot: {
    zh: `${head('cot')}listen: 0.0.0.0:8087\ndevices:\n  - { device: "ANDROID-1234", unit: PO-901 }   # 终端的 uid，力量编号；求救用 readings: { emergency: 传感器编号 }\n`,
    en: `${head('cot')}listen: 0.0.0.0:8087\ndevices:\n  - { device: "ANDROID-1234", unit: PO-901 }   # uid of the client, id of a unit; calls for help: readings: { emergency: SENSOR-ID }\n`,
  },
  mqtt: with_(`${head('mqtt')}url: ""\ntopics: [ "city/+/up" ]\n`, PLATFORM),
  'http-poll': with_(`${head('http-poll')}url: ""\nevery: 60\n`, PLATFORM),
  folder: {
    zh: `${head('folder')}columns:                          # 表头中的列名
  device: 站码
  time: 时间
  readings: { level: "水位(m)" }  # 自定的名称: 列名
devices:
  - { device: "60712300", readings: { level: WL-901 } }   # 上面的名称: 传感器编号
`,
    en: `${head('folder')}columns:                          # names of columns, as the head of the table has them
  device: station
  time: time
  readings: { level: "level (m)" } # a name of yours: a column
devices:
  - { device: "60712300", readings: { level: WL-901 } }   # that name: the id of a sensor
`,
  },
  modbus: {
    zh: `${head('modbus')}every: 10
devices:
  - device: 东泵站
    at: 10.1.2.3:502
    readings:
      "holding:0": WL-901                                       # 寄存器（从 0 数起）: 传感器编号
      "holding:10": { sensor: FL-901, as: float32, times: 1 }
`,
    en: `${head('modbus')}every: 10
devices:
  - device: east
    at: 10.1.2.3:502
    readings:
      "holding:0": WL-901                                       # register, counted from 0: id of a sensor
      "holding:10": { sensor: FL-901, as: float32, times: 1 }
`,
  },
  'http-json': both(`${head('http-json')}token: ""\ncrs: wgs84\n`),
  calls: {
    zh: `${head('calls')}token: ""\ncrs: gcj02\nkinds: { 火警: fire }   # 来源的类别: 大厅的事件类型\n`,
    en: `${head('calls')}token: ""\ncrs: gcj02\nkinds: { fire alarm: fire }   # the system's kind: the hall's kind of incident\n`,
  },
  open311: {
    zh: `${head('open311')}url: ""\nkinds: { "006": road }   # 服务代码: 大厅的事件类型\n`,
    en: `${head('open311')}url: ""\nkinds: { "006": road }   # a service code: the hall's kind of incident\n`,
  },
  cap: both(`${head('cap')}token: ""\n`),
  replay: {
    zh: `${head('replay')}file: hydro/20261128083000.ndjson   # recordings 文件夹中的文件
speed: 10
as:                                 # 被录制的数据源文件的内容
  protocol: sl651
  devices: [ { device: "0012345678", readings: { "39": WL-901 } } ]
`,
    en: `${head('replay')}file: hydro/20261128083000.ndjson   # in the folder recordings
speed: 10
as:                                 # what the file of the recorded feed holds
  protocol: sl651
  devices: [ { device: "0012345678", readings: { "39": WL-901 } } ]
`,
  },
  'ws-json': both(`${head('ws-json')}url: ""\ncrs: wgs84\n`),
};

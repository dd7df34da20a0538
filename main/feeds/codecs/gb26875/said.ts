import type { Said } from '../../../config/issue.ts';

const DEVICE = {
  zh: '请检查传输装置的程序是否符合 GB/T 26875.3-2011',
  en: "Check the transmission device's program against GB/T 26875.3-2011.",
};
const LINE = {
  zh: '请检查线路是否丢字节，以及传输装置填写的长度与校验和',
  en: 'Check the line for lost bytes, and the length and the sum that the device writes.',
};

/** What is said of that which is refused. In Chinese without a full stop. */
export const SAID = {
  noise: {
    message: { zh: '这些字节不是 GB/T 26875.3 的数据包', en: 'these bytes are no GB/T 26875.3 frame' },
    remedy: {
      zh: '请关闭通信设备的注册包与心跳包，并核对端口上接的是否为用户信息传输装置',
      en: "Turn off the modem's registration and heartbeat, and check that a transmission device is on this port.",
    },
  },
  tooLong: {
    message: { zh: '数据包写的长度超过 1024 字节', en: 'a frame declares more than 1,024 bytes of data' },
    remedy: {
      zh: '请让传输装置按低字节在前填写应用数据单元长度，并分几包发送',
      en: 'Have the device write the length with the low byte first, and send in several frames.',
    },
  },
  sum: {
    message: { zh: '校验和不符', en: 'the sum does not fit' },
    remedy: {
      zh: '请检查线路；校验和是从业务流水号起到应用数据末尾各字节之和的低八位',
      en: 'Check the line; the sum is that of all bytes from the serial to the end of the data, its low eight bits.',
    },
  },
  end: {
    message: { zh: '数据包不以 2323 结束', en: 'the frame does not end with 2323' },
    remedy: LINE,
  },
  length: {
    message: { zh: '按所写长度，校验和与结束符都不符', en: 'by its length neither the sum nor the end fits' },
    remedy: LINE,
  },
  unfinished: {
    message: { zh: '数据包没有发完', en: 'the rest of a frame did not come' },
    remedy: LINE,
  },
  control: {
    message: { zh: '这是监控中心发出的控制命令', en: "this is a centre's command" },
    remedy: {
      zh: '请检查线路有无回环，以及端口上接的是否为传输装置',
      en: 'Check the line for an echo, and that a transmission device is on this port.',
    },
  },
  command: {
    message: { zh: '命令字节是保留的或厂家自定的', en: "the command is reserved or a maker's own" },
    remedy: {
      zh: '请让传输装置以命令 2（发送数据）上传',
      en: 'Have the device upload with command 2, send data.',
    },
  },
  request: {
    message: { zh: '传输装置请求的内容大厅没有', en: 'the device asks for what the hall does not have' },
    remedy: {
      zh: '请让传输装置只请求时间（类型 90），其余以命令 2 上传',
      en: 'Have the device ask for the time only (type 90), and upload with command 2.',
    },
  },
  short: {
    message: { zh: '应用数据单元不足两字节', en: 'the data are shorter than type and count' },
    remedy: {
      zh: '请关闭厂家自己的握手或心跳，或改为空的数据单元',
      en: "Turn off the maker's own handshake or heartbeat, or have it sent without data.",
    },
  },
  type: {
    message: {
      zh: '类型标志是保留的、厂家自定的，或只由监控中心发送',
      en: "the type is reserved, a maker's own, or one that only a centre sends",
    },
    remedy: {
      zh: '请让传输装置按标准的类型 1 至 8、21、24 至 28 上传',
      en: 'Have the device upload with the types 1 to 8, 21 and 24 to 28 of the standard.',
    },
  },
  cut: {
    message: {
      zh: '信息对象的数目或长度与数据不符，数据先结束了',
      en: 'the data end before the objects that they announce',
    },
    remedy: DEVICE,
  },
  beyond: {
    message: { zh: '最后一个信息对象之后还有字节', en: 'bytes follow the last object' },
    remedy: DEVICE,
  },
  ahead: {
    message: {
      zh: '信息对象的时间超前于大厅时钟，状态按到达时间接收，但存疑',
      en: "the time of an object is ahead of the hall's clock; what it says is taken as of now, and as doubtful",
    },
    remedy: { zh: '请校正传输装置的时钟', en: "Set the device's clock." },
  },
  time: {
    message: {
      zh: '信息对象的时间不是时间，状态已接收，但存疑',
      en: 'the time of an object is none; what it says is taken as doubtful',
    },
    remedy: {
      zh: '请校正传输装置的时钟，时间为二进制，不是 BCD 码',
      en: "Set the device's clock; a time is binary, not BCD.",
    },
  },
} as const satisfies Record<string, Said>;

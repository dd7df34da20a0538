import type { Said } from '../../../config/issue.ts';

const SENDER = { zh: '请检查遥测站的程序或线路', en: "Check the station's program or its line." };
const OBSERVED = {
  zh: '请让遥测站在要素之前写出正确的观测时间 F0F0',
  en: 'Make the station write the right time of observation, F0F0, before the elements.',
};

/** What is said of that which is refused. In Chinese without a full stop. */
export const SAID = {
  noise: {
    message: { zh: '这些字节不是 SL 651 的报文', en: 'these bytes are no SL 651 frame' },
    remedy: {
      zh: '请关闭通信设备的注册包与心跳包，并核对端口上接的是否为 SL 651 遥测站',
      en: "Turn off the modem's registration and heartbeat, and check that an SL 651 station is on this port.",
    },
  },
  crc: {
    message: { zh: '校验码不符', en: 'the check value does not fit' },
    remedy: {
      zh: '请检查线路，并核对报文长度与校验码（高位字节在前）',
      en: 'Check the line, the declared length, and that the high byte of the check value comes first.',
    },
  },
  unfinished: {
    message: { zh: '报文没有发完', en: 'the rest of a frame did not come' },
    remedy: { zh: '请检查线路与报文中的长度', en: 'Check the line, and the length that the frame declares.' },
  },
  down: {
    message: { zh: '这是中心站发出的报文', en: 'this is the frame of a centre' },
    remedy: {
      zh: '请让遥测站只发送上行报文，并检查线路有无回环',
      en: 'Let stations only send up, and check the line for an echo.',
    },
  },
  end: {
    message: { zh: '报文结束符不是 ETX 或 ETB', en: 'the frame ends with neither ETX nor ETB' },
    remedy: SENDER,
  },
  password: {
    message: { zh: '密码不对', en: 'the password is not that of the station' },
    remedy: {
      zh: '请核对遥测站的密码与数据源配置中的密码',
      en: "Compare the station's password with the one that the feed's configuration gives it.",
    },
  },
  opening: {
    message: {
      zh: '正文开头没有流水号与发报时间',
      en: 'the text does not begin with a serial and the time of sending',
    },
    remedy: { zh: '请校正遥测站的时钟，并检查其程序', en: "Set the station's clock, and check its program." },
  },
  function: {
    message: { zh: '功能码是保留的或厂家自定的', en: "the function is reserved or a vendor's own" },
    remedy: {
      zh: '请让遥测站按标准附录 B 的功能码 30 至 38 报送',
      en: 'Let the station report with the functions 30 to 38 of annex B.',
    },
  },
  station: {
    message: { zh: '测站编码引导符 F1F1 之后不完整', en: 'the station after F1F1 is not whole' },
    remedy: SENDER,
  },
  observed: {
    message: {
      zh: '观测时间 F0F0 不是时间，其后的要素无从定时',
      en: 'the time after F0F0 is none, so what follows has no time',
    },
    remedy: OBSERVED,
  },
  cut: {
    message: { zh: '要素在正文结束处被截断', en: 'the text ends inside an element' },
    remedy: {
      zh: '请核对该要素的数据定义字节与数据长度',
      en: 'Compare the definition byte of the element with the length of its value.',
    },
  },
  value: {
    message: { zh: '要素的数据不是数值', en: 'the value of the element is no number' },
    remedy: {
      zh: '请让遥测站以 BCD 码报送数值，缺测时填 F（ASCII 报文填 M）',
      en: 'Let the station send BCD, and F for what is missing (M in ASCII frames).',
    },
  },
  element: {
    message: { zh: '附录 C 没有这个要素标识符', en: 'annex C has no such element' },
    remedy: {
      zh: '请按附录 C 改正标识符，自定义的写作 FF 加两位',
      en: "Correct it after annex C; one's own are FF and two digits.",
    },
  },
  step: {
    message: { zh: '时间步长码不对', en: 'the time step is none' },
    remedy: { zh: '请按标准表 C.3 书写时间步长码', en: 'Write the step after table C.3.' },
  },
  series: {
    message: { zh: '成组数据的长度不对', en: 'the values of the series do not fill its places' },
    remedy: {
      zh: '请让每组数据的长度一致，缺测时填 F（ASCII 报文填 M）',
      en: 'Give every value the same length, and F for what is missing (M in ASCII frames).',
    },
  },
  ahead: {
    message: {
      zh: '成组数据中有的时间晚于发报时间',
      en: 'values of the series would be later than the time of sending',
    },
    remedy: {
      zh: '请让观测时间 F0F0 写第一组数据的时间，而不是发报的时间',
      en: 'Let F0F0 be the time of the first value of the series, not that of sending.',
    },
  },
  packets: {
    message: {
      zh: '多包报文没有收齐，已丢弃',
      en: 'a message of several packets did not become whole and was dropped',
    },
    remedy: {
      zh: '请检查线路；遥测站应重发中心站否认的包',
      en: 'Check the line; the station has to send again what is asked for.',
    },
  },
  tooMany: {
    message: {
      zh: '多包报文过长或过多，最早的已丢弃',
      en: 'too many or too long messages of several packets; the oldest was dropped',
    },
    remedy: {
      zh: '请让遥测站逐条发送多包报文，并缩短报文',
      en: 'Let stations send such messages one after another, and shorter ones.',
    },
  },
} as const satisfies Record<string, Said>;

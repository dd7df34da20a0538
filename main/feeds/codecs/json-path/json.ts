import type { Said } from '../../../config/issue.ts';

/** What one message may hold at most. */
export const JSON_LIMITS = { bytes: 1024 * 1024, depth: 64 } as const;

/** How the text of a message is encoded. */
export type Encoding = 'utf-8' | 'gb18030';

const BRACE = 0x7b;
const BRACKET = 0x5b;
const END_BRACE = 0x7d;
const END_BRACKET = 0x5d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Of whole texts, so that nothing is carried from one to the next. */
const DECODERS: Readonly<Record<Encoding, TextDecoder>> = {
  'utf-8': new TextDecoder('utf-8', { fatal: true }),
  gb18030: new TextDecoder('gb18030', { fatal: true }),
};

/** Reads a message as JSON; nothing makes it throw. A byte order mark before it is nothing. */
export function readJson(bytes: Uint8Array, encoding: Encoding): { value: unknown } | { fault: Said } {
  if (bytes.length > JSON_LIMITS.bytes) return { fault: tooLong(bytes.length) };
  let text: string;
  try {
    text = DECODERS[encoding].decode(bytes);
  } catch {
    return { fault: encoding === 'utf-8' ? NOT_UTF8 : NOT_GB18030 };
  }
  if (isDeeper(text)) return { fault: TOO_DEEP };
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { fault: notJson(error instanceof Error ? error.message : String(error)) };
  }
}

/** Whether anything in it is nested deeper than is taken: in one pass, before anything is made of it. */
function isDeeper(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (quoted) {
      if (char === BACKSLASH) i++;
      else if (char === QUOTE) quoted = false;
    } else if (char === QUOTE) quoted = true;
    else if (char === BRACE || char === BRACKET) {
      if (++depth > JSON_LIMITS.depth) return true;
    } else if (char === END_BRACE || char === END_BRACKET) depth--;
  }
  return false;
}

function tooLong(length: number): Said {
  return {
    message: {
      zh: `报文有 ${length} 字节，上限为 ${JSON_LIMITS.bytes}`,
      en: `a message of ${length} bytes, the limit is ${JSON_LIMITS.bytes}`,
    },
    remedy: { zh: '请拆成几条较小的报文发送', en: 'Send several smaller messages.' },
  };
}

function notJson(en: string): Said {
  return {
    message: { zh: '不是 JSON', en: `not JSON: ${en}` },
    remedy: {
      zh: '请每条报文只发送一段 JSON；内容不是 JSON 的主题、地址或文件，请从数据源中去掉',
      en: 'Send one JSON text a message; take topics, addresses or files of something else out of the feed.',
    },
  };
}

const NOT_UTF8: Said = {
  message: { zh: '不是 UTF-8 文字', en: 'not UTF-8' },
  remedy: {
    zh: '来源发送 GBK 文字时，请在数据源文件中写 encoding: gb18030；二进制报文不能读取',
    en: "Where the source sends GBK, write `encoding: gb18030` in the feed's file; binary messages cannot be read.",
  },
};
const NOT_GB18030: Said = {
  message: { zh: '不是 GB 18030 文字', en: 'not GB 18030' },
  remedy: {
    zh: '来源发送 UTF-8 文字时，请从数据源文件中删去 encoding',
    en: "Where the source sends UTF-8, take `encoding` out of the feed's file.",
  },
};
const TOO_DEEP: Said = {
  message: { zh: `嵌套超过 ${JSON_LIMITS.depth} 层`, en: `nested deeper than ${JSON_LIMITS.depth} levels` },
  remedy: { zh: '请减少报文的层次', en: 'Send flatter messages.' },
};

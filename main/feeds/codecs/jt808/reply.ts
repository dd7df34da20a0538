import type { Sender } from './header.ts';
import { ID } from './ids.ts';

/** Numbers of parts in one request: its count is one byte in 2013. */
export const ASKED = 255;
/** Bytes of the longest body that is sent (a request for parts, a token), and of its frame with every byte escaped. */
const BODY = 4 + 2 + 2 * ASKED;
const FRAME = 2 * (17 + BODY + 1) + 2;

/** Writes what a centre says, as whole frames in the form of the terminal that hears it. Serials count from 0 over the connection. */
export interface Replies {
  /** 8001, 平台通用应答. */
  answer(to: Sender, serial: number, id: number, result: number): Uint8Array;
  /** 8100, 终端注册应答; `token` only where the result is 0. */
  registered(to: Sender, serial: number, result: number, token: Uint8Array): Uint8Array;
  /** 8003, 补传分包请求, of at most {@link ASKED} parts. */
  resend(to: Sender, firstSerial: number, missing: readonly number[]): Uint8Array;
  /** 8800, 多媒体数据上传应答; nothing missing: complete. */
  pictureTaken(to: Sender, media: number, missing: readonly number[]): Uint8Array;
  /** 8004, 查询服务器时间应答: six bytes. */
  time(to: Sender, time: readonly number[]): Uint8Array;
}

export function createReplies(): Replies {
  const frame = new Uint8Array(FRAME);
  let at = 0;
  let xor = 0;
  let own = 0;

  function byte(value: number): void {
    xor ^= value;
    if (value === 0x7e || value === 0x7d) {
      frame[at++] = 0x7d;
      frame[at++] = value - 0x7c;
    } else frame[at++] = value;
  }
  function word(value: number): void {
    byte((value >> 8) & 0xff);
    byte(value & 0xff);
  }
  function bytes(values: Uint8Array | readonly number[]): void {
    for (const value of values) byte(value);
  }
  function begin(to: Sender, id: number, length: number): void {
    frame[0] = 0x7e;
    at = 1;
    xor = 0;
    word(id);
    if (to.version === null) word(length);
    else {
      word(0x4000 | length);
      byte(to.version);
    }
    bytes(to.phone);
    word(own);
    own = (own + 1) & 0xffff;
  }
  function end(): Uint8Array {
    byte(xor);
    frame[at++] = 0x7e;
    return frame.slice(0, at);
  }

  return {
    answer(to, serial, id, result) {
      begin(to, ID.answer, 5);
      word(serial);
      word(id);
      byte(result);
      return end();
    },
    registered(to, serial, result, token) {
      begin(to, ID.registered, 3 + token.length);
      word(serial);
      byte(result);
      bytes(token);
      return end();
    },
    resend(to, firstSerial, missing) {
      const is2019 = to.version !== null;
      begin(to, ID.resend, (is2019 ? 4 : 3) + 2 * missing.length);
      word(firstSerial);
      if (is2019) word(missing.length);
      else byte(missing.length);
      for (const number of missing) word(number);
      return end();
    },
    pictureTaken(to, media, missing) {
      begin(to, ID.pictureTaken, missing.length === 0 ? 4 : 5 + 2 * missing.length);
      word(media >>> 16);
      word(media & 0xffff);
      if (missing.length > 0) byte(missing.length);
      for (const number of missing) word(number);
      return end();
    },
    time(to, time) {
      begin(to, ID.time, time.length);
      bytes(time);
      return end();
    },
  };
}

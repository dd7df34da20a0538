import { SIP_LIMITS, SipError, sipLength } from './sipMessage.ts';

/** Cuts what comes over one connection into whole messages (RFC 3261 18.3). */
export interface SipStream {
  /**
   * The messages that are whole now.
   * @throws SipError, after which nothing of the connection can be read
   */
  push(chunk: Buffer): Buffer[];
}

const CR = 13;
const LF = 10;

export function createSipStream(): SipStream {
  let rest: Buffer = Buffer.alloc(0);
  return {
    push(chunk) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const whole: Buffer[] = [];
      for (;;) {
        // Line ends between messages keep a connection open (RFC 5626 3.5.1).
        let from = 0;
        while (rest[from] === CR || rest[from] === LF) from++;
        rest = rest.subarray(from);
        const length = rest.length === 0 ? undefined : sipLength(rest);
        if (length === undefined || rest.length < length) break;
        whole.push(rest.subarray(0, length));
        rest = rest.subarray(length);
      }
      if (rest.length > SIP_LIMITS.bytes) throw new SipError(`it is longer than ${SIP_LIMITS.bytes} bytes`);
      return whole;
    },
  };
}

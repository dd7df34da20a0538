/** Cuts what comes over TCP into RTP packets: two bytes of length before each (RFC 4571). */
export interface RtpFrames {
  push(chunk: Buffer): void;
}

export function createRtpFrames(packet: (bytes: Buffer) => void): RtpFrames {
  let rest: Buffer = Buffer.alloc(0);
  return {
    push(chunk) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let at = 0;
      while (rest.length - at >= 2) {
        const length = rest.readUInt16BE(at);
        if (rest.length - at - 2 < length) break;
        if (length > 0) packet(rest.subarray(at + 2, at + 2 + length));
        at += 2 + length;
      }
      rest = rest.subarray(at);
    },
  };
}

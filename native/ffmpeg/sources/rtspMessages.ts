import { SourceError } from './sourceError.ts';

/** A request or answer of RTSP (RFC 2326). */
export interface RtspMessage {
  /** Request line or status line. */
  readonly start: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** Takes what one side sends, however the network cut it. */
export interface RtspReader {
  /** @throws SourceError `too-large`, `not-video` on what breaks the limits or is no RTSP */
  push(chunk: Uint8Array): void;
  /** Bytes held back for the message under way. */
  readonly heldBytes: number;
}

const MOST_HEADER_BYTES = 32 * 1024;
/** A description of a camera's streams has a few kilobytes. */
const MOST_BODY_BYTES = 256 * 1024;
const MOST_STRAY_BYTES = 64 * 1024;
const DOLLAR = 0x24;
const BLANK = Buffer.from('\r\n\r\n');

/** Tells messages from interleaved packets (`$`, channel, length) in one direction of an RTSP connection. */
export function createRtspReader(handlers: {
  message(message: RtspMessage): void;
  /** Whole packets, their four bytes in front included. */
  interleaved(bytes: Uint8Array): void;
}): RtspReader {
  let held = Buffer.alloc(0);
  let stray = 0;

  function packetsFrom(start: number): number {
    let at = start;
    while (held.length - at >= 4 && held[at] === DOLLAR) {
      const next = at + 4 + held.readUInt16BE(at + 2);
      if (next > held.length) break;
      at = next;
    }
    return at;
  }

  /** @returns where the message ends, or -1 when more bytes are needed */
  function messageFrom(start: number): number {
    const blank = held.subarray(start, start + MOST_HEADER_BYTES).indexOf(BLANK);
    if (blank < 0) {
      if (held.length - start >= MOST_HEADER_BYTES) throw new SourceError('too-large', 'an RTSP header has no end');
      return -1;
    }
    const [first = '', ...lines] = held
      .subarray(start, start + blank)
      .toString('latin1')
      .split('\r\n');
    const headers = lines.flatMap((line): [string, string][] => {
      const colon = line.indexOf(':');
      return colon <= 0 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
    });
    const said = headers.find(([name]) => /^content-length$/i.test(name))?.[1] ?? '0';
    const length = /^\d{1,15}$/.test(said) ? Number(said) : Number.POSITIVE_INFINITY;
    if (length > MOST_BODY_BYTES)
      throw new SourceError('too-large', `an RTSP answer announces ${said.slice(0, 20)} bytes of description`);
    const end = start + blank + BLANK.length + length;
    if (end > held.length) return -1;
    handlers.message({ start: first, headers, body: Buffer.from(held.subarray(end - length, end)) });
    return end;
  }

  return {
    push(chunk) {
      held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
      let at = 0;
      while (at < held.length) {
        const first = held[at] ?? 0;
        if (first === DOLLAR) {
          const next = packetsFrom(at);
          if (next === at) break;
          handlers.interleaved(held.subarray(at, next));
          at = next;
          stray = 0;
        } else if (first >= 0x41 && first <= 0x5a) {
          const next = messageFrom(at);
          if (next < 0) break;
          at = next;
          stray = 0;
        } else {
          // Line breaks between messages, or the rest of a packet whose length was wrong.
          at += 1;
          stray += 1;
          if (stray > MOST_STRAY_BYTES) throw new SourceError('not-video', 'what it sends is not RTSP');
        }
      }
      held = held.subarray(at);
    },
    get heldBytes() {
      return held.length;
    },
  };
}

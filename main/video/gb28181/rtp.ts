/** Takes RTP packets (RFC 3550) of one sender, in the order in which they come, and gives what they carry in the order in which it was sent. */
export interface RtpReader {
  /** Undefined: any; the first that comes is held to. */
  expect(ssrc: number | undefined): void;
  push(packet: Buffer): void;
  /** Packets that never came, and such as are none or another's. */
  counts(): { readonly lost: number; readonly refused: number };
}

/** So many packets are waited for one that is missing: networks swap neighbours, and what is older does not come. */
const WINDOW = 32;
const CYCLE = 0x1_0000;
/** A leap further than this is a sender that counts anew. */
const FAR = 3_000;
const HEADER = 12;

/** @param payload hears what one packet carries */
export function createRtpReader(payload: (bytes: Buffer) => void): RtpReader {
  let ssrc: number | undefined;
  let next: number | undefined;
  let lost = 0;
  let refused = 0;
  /** By sequence number; all within {@link WINDOW} of `next`. */
  const early = new Map<number, Buffer>();

  const deliver = (bytes: Buffer): void => {
    payload(bytes);
    next = ((next ?? 0) + 1) % CYCLE;
  };
  const deliverEarly = (): void => {
    for (let bytes = early.get(next ?? 0); bytes; bytes = early.get(next ?? 0)) {
      early.delete(next ?? 0);
      deliver(bytes);
    }
  };

  return {
    expect(of) {
      ssrc = of;
    },
    push(packet) {
      if (isRtcp(packet)) return; // Reports of the sender, which some send to the same port.
      const bytes = payloadOf(packet);
      if (bytes === undefined) {
        refused += 1;
        return;
      }
      const from = packet.readUInt32BE(8);
      ssrc ??= from;
      if (from !== ssrc) {
        refused += 1;
        return;
      }
      const sequence = packet.readUInt16BE(2);
      next ??= sequence;
      const ahead = (sequence - next + CYCLE) % CYCLE;
      if (ahead === 0) {
        deliver(bytes);
        deliverEarly();
      } else if (ahead < WINDOW) early.set(sequence, bytes);
      else if (ahead < CYCLE - FAR) {
        skipTo(sequence, ahead);
        deliver(bytes);
        deliverEarly();
      } // Else it is a late one, or a second.
    },
    counts: () => ({ lost, refused }),
  };

  /** What is missing is given up, and what came early is delivered. */
  function skipTo(sequence: number, ahead: number): void {
    lost += Math.min(ahead, FAR) - early.size;
    const start = next ?? 0;
    const waiting = [...early].sort(([a], [b]) => ((a - start + CYCLE) % CYCLE) - ((b - start + CYCLE) % CYCLE));
    early.clear();
    for (const [, bytes] of waiting) payload(bytes);
    next = sequence;
  }
}

/** Types 200 to 204 (RFC 5761 4). */
function isRtcp(packet: Buffer): boolean {
  const type = packet[1] ?? 0;
  return type >= 200 && type <= 204;
}

/** @returns undefined for what is no RTP, or carries nothing */
function payloadOf(packet: Buffer): Buffer | undefined {
  const first = packet[0] ?? 0;
  if (packet.length <= HEADER || first >> 6 !== 2) return undefined;
  let from = HEADER + 4 * (first & 0x0f);
  if (first & 0x10) {
    if (packet.length < from + 4) return undefined;
    from += 4 + 4 * packet.readUInt16BE(from + 2);
  }
  const padding = first & 0x20 ? (packet.at(-1) ?? 0) : 0;
  const to = packet.length - padding;
  return to > from ? packet.subarray(from, to) : undefined;
}

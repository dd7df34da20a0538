import { type Head, u16 } from './head.ts';

/** Of messages that come in several packets and are not whole yet, of one connection. The pictures' bytes are not kept at all. */
export const PACKET_LIMITS = { messages: 8, bytes: 262_144, silenceMs: 120_000 } as const;

/** A packet is asked for twice, then the message is given up (SL 651-2014 6.3.1.2 c). */
const ASKED = 2;

/** Pictures, by themselves or asked for. */
export const PICTURE = 0x36;

/** What a packet came to. */
export type Joined =
  /** All packets are there: the text from the serial on; of a picture the first packet's only. */
  | { readonly kind: 'whole'; readonly text: Uint8Array }
  /** The last packet came and this one is missing: it is to be sent again. `serial` is 0 while the first is missing. */
  | { readonly kind: 'again'; readonly packet: number; readonly serial: number }
  | { readonly kind: 'more' };

export interface Packets {
  /**
   * Takes one good packet.
   *
   * @param last it ends with ETX, so that the station now waits.
   * @param dropped is told of each message that is given up for it: never finished, or too much.
   */
  take(head: Head, text: Uint8Array, last: boolean, now: number, dropped: (why: 'packets' | 'tooMany') => void): Joined;
  /** Says that a packet came and was broken. Only a message under way knows it: a broken head can say anything. */
  broken(head: Head, last: boolean, dropped: (why: 'packets') => void): Joined;
  /** Bytes of texts that are kept. */
  readonly bytes: number;
}

interface Message {
  readonly total: number;
  /** By number; of a picture only the first has its bytes. */
  readonly parts: Map<number, { length: number; text: Uint8Array | null }>;
  readonly asked: Map<number, number>;
  bytes: number;
  heardAt: number;
}

/** Joins messages of several packets (mode M3). Packets come in any order and more than once. */
export function createPackets(): Packets {
  // In the order in which they began.
  const messages = new Map<string, Message>();
  let bytes = 0;
  const drop = (key: string) => {
    bytes -= messages.get(key)?.bytes ?? 0;
    messages.delete(key);
  };
  /** Once the station waits: everything is there, or something is asked for. */
  const settle = (key: string, message: Message, dropped: (why: 'packets') => void): Joined => {
    for (let packet = 1; packet <= message.total; packet++) {
      if (message.parts.has(packet)) continue;
      const asked = (message.asked.get(packet) ?? 0) + 1;
      if (asked > ASKED) {
        drop(key);
        dropped('packets');
        return { kind: 'more' };
      }
      message.asked.set(packet, asked);
      return { kind: 'again', packet, serial: u16(message.parts.get(1)?.text ?? new Uint8Array(2), 0) };
    }
    return { kind: 'more' };
  };
  return {
    get bytes() {
      return bytes;
    },
    take(head, text, last, now, dropped) {
      const { total, number } = head.packet ?? { total: 1, number: 1 };
      const key = keyOf(head);
      const held = head.fn === PICTURE && number > 1 ? null : new Uint8Array(text);
      const known = messages.get(key);
      const before = known?.parts.get(number);
      // The same number with another text, or after a long silence, is of the next message.
      if (known && ((before && !same(before, text)) || Math.abs(now - known.heardAt) > PACKET_LIMITS.silenceMs)) {
        drop(key);
        dropped('packets');
      }
      let message = messages.get(key);
      if (!message) {
        message = { total, parts: new Map(), asked: new Map(), bytes: 0, heardAt: now };
        messages.set(key, message);
      }
      message.heardAt = now;
      if (!message.parts.has(number)) {
        message.parts.set(number, { length: text.length, text: held });
        message.bytes += held?.length ?? 0;
        bytes += held?.length ?? 0;
      }
      if (message.parts.size === total) {
        drop(key);
        return { kind: 'whole', text: join(message) };
      }
      while (messages.size > PACKET_LIMITS.messages || bytes > PACKET_LIMITS.bytes) {
        const oldest = messages.keys().next().value ?? key;
        drop(oldest);
        dropped('tooMany');
      }
      return last && messages.has(key) ? settle(key, message, dropped) : { kind: 'more' };
    },
    broken(head, last, dropped) {
      const key = keyOf(head);
      const message = messages.get(key);
      if (!message || (!last && head.packet?.number !== message.total)) return { kind: 'more' };
      return settle(key, message, dropped);
    },
  };
}

function keyOf({ centre, station, fn, form, packet }: Head): string {
  return `${form}/${centre}/${station}/${fn}/${packet?.total}`;
}

function same(before: { length: number; text: Uint8Array | null }, text: Uint8Array): boolean {
  return before.length === text.length && (before.text === null || Buffer.compare(before.text, text) === 0);
}

function join({ total, parts }: Message): Uint8Array {
  return Buffer.concat(Array.from({ length: total }, (_, i) => parts.get(i + 1)?.text ?? new Uint8Array(0)));
}

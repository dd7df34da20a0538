import type { Duplex } from 'node:stream';
import type { FromHall, ToHall } from './hallMessages.ts';

/**
 * The channel between the shell and a hall that is a child process of another Node: frames over a pipe. Not Node's own channel between
 * processes: the reader of Node 20, which old Electrons have, waits for ever once the four bytes of a length come in two pieces.
 *
 * A frame: u32 length of what follows, u8 kind, u32 the window's number, payload; little-endian.
 */

type Message = FromHall | ToHall;

/** The pipe's number in the child, and the variable that tells it. */
export const CHANNEL_FD = 3;
export const CHANNEL_VARIABLE = 'OPSHALL_CHANNEL_FD';

const HEADER = 9;
const CONTROL = 0;
const TEXT = 1;
const BYTES = 2;
/** Payload of a frame, bytes: many times a snapshot of the largest hall. What is longer was never a frame. */
const MOST = 256 * 1024 * 1024;

export function encodeFrame(message: Message): Uint8Array {
  if (message.type !== 'data') return frame(CONTROL, 0, Buffer.from(JSON.stringify(message)));
  const { id, data } = message;
  return typeof data === 'string' ? frame(TEXT, id, Buffer.from(data)) : frame(BYTES, id, data);
}

function frame(kind: number, id: number, payload: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(HEADER + payload.length);
  bytes.writeUInt32LE(HEADER - 4 + payload.length, 0);
  bytes.writeUInt8(kind, 4);
  bytes.writeUInt32LE(id, 5);
  bytes.set(payload, HEADER);
  return bytes;
}

/**
 * Reads frames from chunks, however they are cut.
 *
 * @returns takes a chunk
 * @throws Error for what is no frame; nothing can be read after that
 */
export function frameReader<M extends Message>(onMessage: (message: M) => void): (chunk: Uint8Array) => void {
  let parts: Buffer[] = [];
  let held = 0;
  let length: number | null = null;

  function take(bytes: number): Buffer {
    // One chunk holds many frames as a rule: it is not copied for each of them.
    const all = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts, held);
    parts = [all.subarray(bytes)];
    held -= bytes;
    return all.subarray(0, bytes);
  }

  return (chunk) => {
    parts.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
    held += chunk.length;
    for (;;) {
      if (length === null) {
        if (held < 4) return;
        length = take(4).readUInt32LE(0);
        if (length < HEADER - 4 || length > MOST)
          throw new Error(`the channel of the hall is broken: a frame of ${length} bytes`);
      }
      if (held < length) return;
      const body = take(length);
      length = null;
      onMessage(messageOf(body) as M);
    }
  };
}

function messageOf(body: Buffer): Message {
  const [kind, id, payload] = [body.readUInt8(0), body.readUInt32LE(1), body.subarray(HEADER - 4)];
  if (kind === TEXT) return { type: 'data', id, data: payload.toString('utf8') };
  if (kind === BYTES) return { type: 'data', id, data: new Uint8Array(payload) }; // Its own memory: a view would be handed on with all of the chunk.
  if (kind === CONTROL) return JSON.parse(payload.toString('utf8')) as Message;
  throw new Error(`the channel of the hall is broken: a frame of kind ${kind}`);
}

/** One end of the channel. */
export interface HallChannel<Out extends Message> {
  send(message: Out): void;
}

/**
 * Speaks over a pipe.
 *
 * @param onEnd the other end is gone, or broke the channel; called once
 */
export function openHallChannel<In extends Message, Out extends Message>(
  pipe: Duplex,
  onMessage: (message: In) => void,
  onEnd: () => void,
): HallChannel<Out> {
  const read = frameReader<In>(onMessage);
  pipe.on('data', (chunk: Uint8Array) => {
    try {
      read(chunk);
    } catch (error) {
      pipe.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  });
  pipe.on('error', () => undefined); // A pipe whose other end is gone: `close` follows.
  pipe.once('close', onEnd);
  return {
    send(message) {
      if (pipe.writable) pipe.write(encodeFrame(message));
    },
  };
}

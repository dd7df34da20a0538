import { ContractError } from '../errors.ts';

/**
 * The binary frame that carries one payload of a bulk stream, hall → window. Little-endian: u8 version (1), u8 flags
 * (bit 0: the payload stands on its own), u16 zero, u32 bulk id, payload.
 */
export const BULK_HEADER_BYTES = 8;
/** Largest payload: a 4K picture uncompressed, with room to spare. */
export const MAX_BULK_PAYLOAD_BYTES = 32 * 1024 * 1024;
const VERSION = 1;
const KEY = 1;

export interface BulkFrame {
  id: number;
  key: boolean;
  /** A view into the bytes that came. */
  payload: Uint8Array;
}

/** @throws RangeError when the payload is larger than a frame may carry */
export function encodeBulkFrame(id: number, key: boolean, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  if (payload.byteLength > MAX_BULK_PAYLOAD_BYTES) {
    throw new RangeError(`bulk payload of ${payload.byteLength} bytes; the most is ${MAX_BULK_PAYLOAD_BYTES}`);
  }
  const frame = new Uint8Array(BULK_HEADER_BYTES + payload.byteLength);
  frame[0] = VERSION;
  frame[1] = key ? KEY : 0;
  new DataView(frame.buffer).setUint32(4, id, true);
  frame.set(payload, BULK_HEADER_BYTES);
  return frame;
}

/** @throws ContractError 'bad-request' on anything that is not exactly one bulk frame */
export function decodeBulkFrame(bytes: Uint8Array): BulkFrame {
  if (bytes.byteLength < BULK_HEADER_BYTES) throw broken(`${bytes.byteLength} bytes are shorter than its header`);
  if (bytes.byteLength > BULK_HEADER_BYTES + MAX_BULK_PAYLOAD_BYTES)
    throw broken(`${bytes.byteLength} bytes are too many`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint8(0);
  if (version !== VERSION) throw broken(`version ${version} is not known; reload this window`);
  const flags = view.getUint8(1);
  if ((flags & ~KEY) !== 0 || view.getUint16(2, true) !== 0) throw broken('flags are set that are not known');
  return { id: view.getUint32(4, true), key: (flags & KEY) !== 0, payload: bytes.subarray(BULK_HEADER_BYTES) };
}

function broken(what: string): ContractError {
  return new ContractError('bad-request', `bulk frame: ${what}`);
}

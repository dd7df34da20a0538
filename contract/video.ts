/**
 * The binary packet that carries one picture of one camera from the hall to a window, over either carrier.
 *
 * Little endian:
 *
 * | offset | size | field |
 * |---|---|---|
 * | 0 | 1 | version, 1 |
 * | 1 | 1 | kind: 1 H.264 access unit (Annex B), 2 raw I420 picture |
 * | 2 | 1 | flags: bit 0 the picture can be decoded on its own; other bits 0 |
 * | 3 | 1 | length of the camera's id in bytes, 1…64 |
 * | 4 | 2 + 2 | width, height in pixels (0 × 0 while an H.264 stream has not said) |
 * | 8 | 8 | capture time: microseconds of the hall's monotonic clock |
 * | 16 | 4 | sequence number of the camera's stream, wraps |
 * | 20 | 4 | length of the payload in bytes |
 * | 24 | n | camera id, UTF-8 |
 * | 24 + n | … | payload |
 *
 * Writing and reading touch only the header: the payload is neither copied nor scanned.
 */

/** The only version of the packet so far. */
export const VIDEO_PACKET_VERSION = 1;

/** No packet is larger than this, in bytes: a 4K I420 picture with room to spare. */
export const MAX_VIDEO_PACKET_BYTES = 16 * 1024 * 1024;

const FIXED_HEADER_BYTES = 24;
const MAX_CAMERA_ID_BYTES = 64;
const FLAG_KEY = 1;
const TWO_POW_32 = 0x1_0000_0000;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** How the picture in a packet is coded. */
export type VideoKind = 'h264' | 'i420';

/** What the header of a packet says. */
export interface VideoPacketHeader {
  readonly kind: VideoKind;
  /** The picture can be decoded without any before it. Always true of I420. */
  readonly key: boolean;
  /** Microseconds of the hall's monotonic clock when the picture's first byte reached the hall. */
  readonly captureMicros: number;
  /** Pixels; 0 while unknown (H.264 only). */
  readonly width: number;
  readonly height: number;
  /** Counts up by one a packet and stream, modulo 2³²: a gap is a loss. */
  readonly sequence: number;
}

/** A packet as read: the payload is a view into the bytes that came. */
export interface VideoPacket extends VideoPacketHeader {
  readonly cameraId: string;
  readonly payload: Uint8Array;
}

/** Bytes that are not a video packet: what is wrong with them, and where. */
export class VideoPacketError extends Error {
  override readonly name = 'VideoPacketError';
}

/**
 * A camera's id as it stands in a packet header.
 * @throws VideoPacketError when the id is empty or longer than 64 bytes in UTF-8
 */
export function encodeCameraId(cameraId: string): Uint8Array {
  const bytes = encoder.encode(cameraId);
  if (bytes.length === 0 || bytes.length > MAX_CAMERA_ID_BYTES) {
    throw new VideoPacketError(`camera id "${cameraId.slice(0, 80)}" is ${bytes.length} bytes; use 1 to 64`);
  }
  return bytes;
}

/** Bytes to keep free before a payload so that its header can be written in place. */
export function videoHeaderBytes(cameraIdBytes: Uint8Array): number {
  return FIXED_HEADER_BYTES + cameraIdBytes.length;
}

/**
 * Writes the header into the room kept at the front of `packet`; the rest of `packet` is the payload.
 * @throws VideoPacketError when a field does not fit; nothing is written then
 */
export function writeVideoHeader(packet: Uint8Array, cameraIdBytes: Uint8Array, header: VideoPacketHeader): void {
  const headerBytes = videoHeaderBytes(cameraIdBytes);
  const payloadBytes = packet.length - headerBytes;
  if (payloadBytes < 0) throw new VideoPacketError(`packet of ${packet.length} bytes has no room for its header`);
  if (packet.length > MAX_VIDEO_PACKET_BYTES)
    throw new VideoPacketError(`packet of ${packet.length} bytes is too large`);
  if (cameraIdBytes.length === 0 || cameraIdBytes.length > MAX_CAMERA_ID_BYTES) {
    throw new VideoPacketError(`camera id of ${cameraIdBytes.length} bytes; use 1 to 64`);
  }
  const { width, height, captureMicros } = header;
  if (!isUint16(width) || !isUint16(height)) throw new VideoPacketError(`size ${width} × ${height} does not fit`);
  if (!Number.isSafeInteger(captureMicros) || captureMicros < 0) {
    throw new VideoPacketError(`capture time ${captureMicros} is not a whole number of microseconds`);
  }
  checkPicture(header.kind, header.key, width, height, payloadBytes);
  const view = new DataView(packet.buffer, packet.byteOffset, headerBytes);
  view.setUint8(0, VIDEO_PACKET_VERSION);
  view.setUint8(1, header.kind === 'h264' ? 1 : 2);
  view.setUint8(2, header.key ? FLAG_KEY : 0);
  view.setUint8(3, cameraIdBytes.length);
  view.setUint16(4, width, true);
  view.setUint16(6, height, true);
  view.setUint32(8, captureMicros % TWO_POW_32, true);
  view.setUint32(12, Math.floor(captureMicros / TWO_POW_32), true);
  view.setUint32(16, header.sequence >>> 0, true);
  view.setUint32(20, payloadBytes, true);
  packet.set(cameraIdBytes, FIXED_HEADER_BYTES);
}

/** One packet from a header and a payload, copied together; for tests and where no room was kept in front. */
export function encodeVideoPacket(cameraId: string, header: VideoPacketHeader, payload: Uint8Array): Uint8Array {
  const idBytes = encodeCameraId(cameraId);
  const packet = new Uint8Array(videoHeaderBytes(idBytes) + payload.length);
  packet.set(payload, videoHeaderBytes(idBytes));
  writeVideoHeader(packet, idBytes, header);
  return packet;
}

/**
 * Reads a packet. The payload is a view, not a copy.
 * @throws VideoPacketError on anything that is not exactly one packet
 */
export function decodeVideoPacket(bytes: Uint8Array): VideoPacket {
  if (bytes.length < FIXED_HEADER_BYTES) throw new VideoPacketError(`${bytes.length} bytes are shorter than a header`);
  if (bytes.length > MAX_VIDEO_PACKET_BYTES) throw new VideoPacketError(`packet of ${bytes.length} bytes is too large`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = view.getUint8(0);
  if (version !== VIDEO_PACKET_VERSION)
    throw new VideoPacketError(`version ${version} is not known; update this window`);
  const kindByte = view.getUint8(1);
  if (kindByte !== 1 && kindByte !== 2) throw new VideoPacketError(`kind ${kindByte} is not known`);
  const flags = view.getUint8(2);
  if ((flags & ~FLAG_KEY) !== 0) throw new VideoPacketError(`flags ${flags} are not known`);
  const idBytes = view.getUint8(3);
  if (idBytes === 0 || idBytes > MAX_CAMERA_ID_BYTES) throw new VideoPacketError(`camera id of ${idBytes} bytes`);
  const payloadAt = FIXED_HEADER_BYTES + idBytes;
  const payloadBytes = view.getUint32(20, true);
  if (payloadAt + payloadBytes !== bytes.length) {
    throw new VideoPacketError(`payload of ${payloadBytes} bytes announced, ${bytes.length - payloadAt} came`);
  }
  const captureMicros = view.getUint32(12, true) * TWO_POW_32 + view.getUint32(8, true);
  if (!Number.isSafeInteger(captureMicros)) throw new VideoPacketError('capture time is out of range');
  const kind: VideoKind = kindByte === 1 ? 'h264' : 'i420';
  const key = (flags & FLAG_KEY) !== 0;
  const width = view.getUint16(4, true);
  const height = view.getUint16(6, true);
  checkPicture(kind, key, width, height, payloadBytes);
  return {
    kind,
    key,
    captureMicros,
    width,
    height,
    sequence: view.getUint32(16, true),
    cameraId: decodeId(bytes.subarray(FIXED_HEADER_BYTES, payloadAt)),
    payload: bytes.subarray(payloadAt),
  };
}

/** Bytes of one I420 picture: a full luma plane and two of a quarter each. Width and height are even. */
export function i420Bytes(width: number, height: number): number {
  return (width * height * 3) / 2;
}

function checkPicture(kind: VideoKind, key: boolean, width: number, height: number, payloadBytes: number): void {
  if (kind === 'h264') return;
  if (!key) throw new VideoPacketError('a raw picture always stands on its own');
  if (width === 0 || height === 0 || width % 2 !== 0 || height % 2 !== 0) {
    throw new VideoPacketError(`raw picture of ${width} × ${height}; both must be even and not 0`);
  }
  if (payloadBytes !== i420Bytes(width, height)) {
    throw new VideoPacketError(
      `raw picture of ${width} × ${height} needs ${i420Bytes(width, height)} bytes, ${payloadBytes} came`,
    );
  }
}

function decodeId(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new VideoPacketError('camera id is not UTF-8', { cause });
  }
}

function isUint16(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 0xffff;
}

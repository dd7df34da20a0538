import { encodeCameraId, i420Bytes, type VideoKind, videoHeaderBytes, writeVideoHeader } from '../../contract/video.ts';
import { createAccessUnitSplitter } from './accessUnits.ts';
import type { StreamOutput } from './ffmpeg.ts';
import { readSps } from './sps.ts';

/** What comes out of a packetizer besides packets: the picture's own facts, when they become known or change. */
export interface PictureFacts {
  readonly codecString: string | undefined;
  readonly width: number;
  readonly height: number;
}

interface PacketizerOptions {
  readonly cameraId: string;
  readonly output: StreamOutput;
  /** Monotonic milliseconds. */
  readonly monotonic: () => number;
  readonly onPacket: (packet: Uint8Array, key: boolean) => void;
  readonly onFacts: (facts: PictureFacts) => void;
}

/** Turns what ffmpeg writes into packets for the windows. Hot path: one copy a picture, header written in place. */
export interface Packetizer {
  readonly kind: VideoKind;
  push(chunk: Uint8Array): void;
  /** Pictures that were thrown away as unusable. */
  rejected(): number;
  /** Pictures, no IDR, where a decoder could begin all the same. */
  entries(): number;
}

/** A packetizer for what ffmpeg was asked to write. */
export function createPacketizer(options: PacketizerOptions): Packetizer {
  return options.output.kind === 'h264' ? passThrough(options) : rawPictures(options, options.output);
}

function passThrough(options: PacketizerOptions): Packetizer {
  const { onPacket, onFacts, monotonic } = options;
  const id = encodeCameraId(options.cameraId);
  let facts: PictureFacts = { codecString: undefined, width: 0, height: 0 };
  let sequence = 0;
  let pushedAt = 0;
  let beganAt = -1;
  const splitter = createAccessUnitSplitter({
    headroom: videoHeaderBytes(id),
    onUnit(unit) {
      const sps = unit.sps ? readSps(unit.sps) : undefined;
      if (sps && (sps.codec !== facts.codecString || sps.width !== facts.width || sps.height !== facts.height)) {
        facts = { codecString: sps.codec, width: sps.width, height: sps.height };
        onFacts(facts);
      }
      const captureMicros = Math.round((beganAt < 0 ? pushedAt : beganAt) * 1000);
      // A picture is handed over when the next one begins: these bytes are the next one's first.
      beganAt = pushedAt;
      writeVideoHeader(unit.bytes, id, {
        kind: 'h264',
        key: unit.key,
        captureMicros,
        width: facts.width,
        height: facts.height,
        sequence,
      });
      sequence = (sequence + 1) >>> 0;
      onPacket(unit.bytes, unit.key);
    },
  });
  return {
    kind: 'h264',
    push(chunk) {
      pushedAt = monotonic();
      splitter.push(chunk);
    },
    rejected: () => splitter.rejects.oversize + splitter.rejects.undecodable,
    entries: () => splitter.entries.recovery,
  };
}

function rawPictures(
  options: PacketizerOptions,
  size: { readonly width: number; readonly height: number },
): Packetizer {
  const { onPacket, onFacts, monotonic } = options;
  const { width, height } = size;
  const id = encodeCameraId(options.cameraId);
  const headroom = videoHeaderBytes(id);
  const packetBytes = headroom + i420Bytes(width, height);
  let packet = new Uint8Array(packetBytes);
  let filled = headroom;
  let captureMicros = 0;
  let sequence = 0;
  let told = false;
  return {
    kind: 'i420',
    push(chunk) {
      if (!told) onFacts({ codecString: undefined, width, height });
      told = true;
      let at = 0;
      while (at < chunk.length) {
        if (filled === headroom) captureMicros = Math.round(monotonic() * 1000);
        const take = Math.min(chunk.length - at, packetBytes - filled);
        packet.set(chunk.subarray(at, at + take), filled);
        filled += take;
        at += take;
        if (filled < packetBytes) break;
        writeVideoHeader(packet, id, { kind: 'i420', key: true, captureMicros, width, height, sequence });
        sequence = (sequence + 1) >>> 0;
        onPacket(packet, true);
        packet = new Uint8Array(packetBytes);
        filled = headroom;
      }
    },
    rejected: () => 0,
    entries: () => 0,
  };
}

import { decodeVideoPacket, type VideoPacket } from '../../../contract/video.ts';
import { i420ToRgba } from './yuv.ts';

/** A decoded picture that waits to be drawn. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Draws it; only until `close`. */
  readonly image: CanvasImageSource;
  /** Microseconds of the hall's monotonic clock. */
  readonly captureMicros: number;
  close(): void;
}

/** What has come and gone. */
export interface DecoderCounts {
  /** Packets that came. */
  packets: number;
  /** Pictures that came out of the decoder. */
  decoded: number;
  /** Packets left out because the decoder was behind, or waited for a key picture. */
  skipped: number;
  /** Packets that were none. */
  rejected: number;
  /** Times the decoder failed and was made anew. */
  errors: number;
}

/** Packets in, newest picture out. */
export interface PictureDecoder {
  push(bytes: Uint8Array): void;
  readonly counts: Readonly<DecoderCounts>;
  close(): void;
}

interface DecoderOptions {
  /** Called with each picture; the receiver closes it. */
  readonly onPicture: (picture: Picture) => void;
  /** This page cannot decode what comes: ask for decoded pictures instead. */
  readonly onUnable: () => void;
}

/** Packets in the decoder beyond which it counts as behind. */
const MAX_QUEUE = 10;
/** Where key pictures are far apart, to wait for one is worse than to be behind: as much as the hall keeps of a camera. */
const MAX_CATCH_UP = 6_000;
/** Key pictures further apart than this are far apart; a picture waited for longer is asked for in another way. */
const FAR_MICROS = 4_000_000;
/** While it catches up, one picture in so many is shown. */
const SHOWN_OF = 25;
const MAX_ERRORS_IN_A_ROW = 3;

/** Whether this page has WebCodecs; browsers give it to secure contexts only. */
export function hasWebCodecs(): boolean {
  return typeof VideoDecoder !== 'undefined' && typeof EncodedVideoChunk !== 'undefined';
}

/** Decodes one camera's packets, H.264 through WebCodecs, raw pictures through VideoFrame or a canvas of its own. */
export function createPictureDecoder(options: DecoderOptions): PictureDecoder {
  const counts: DecoderCounts = { packets: 0, decoded: 0, skipped: 0, rejected: 0, errors: 0 };
  let decoder: VideoDecoder | undefined;
  let codec = '';
  let needsKey = true;
  let errorsInARow = 0;
  let closed = false;
  let keyAt: number | undefined;
  let keysAreNear = false;
  let waitsSince: number | undefined;
  let scratch: { canvas: HTMLCanvasElement; ctx: CanvasRenderingContext2D; data: ImageData } | undefined;

  function dropDecoder(): void {
    if (decoder && decoder.state !== 'closed') decoder.close();
    decoder = undefined;
    needsKey = true;
  }

  function failed(): void {
    counts.errors += 1;
    errorsInARow += 1;
    dropDecoder();
    if (errorsInARow >= MAX_ERRORS_IN_A_ROW && !closed) options.onUnable();
  }

  function openDecoder(): VideoDecoder {
    const made = new VideoDecoder({
      output(frame) {
        if (closed || decoder !== made) {
          frame.close();
          return;
        }
        counts.decoded += 1;
        errorsInARow = 0;
        if (made.decodeQueueSize > MAX_QUEUE && counts.decoded % SHOWN_OF !== 0) {
          counts.skipped += 1; // old news: the next ones wait already
          frame.close();
          return;
        }
        options.onPicture({
          width: frame.displayWidth,
          height: frame.displayHeight,
          image: frame,
          captureMicros: frame.timestamp,
          close: () => frame.close(),
        });
      },
      error() {
        if (decoder === made) failed();
      },
    });
    made.configure({ codec, optimizeForLatency: true });
    return made;
  }

  function pushH264(packet: VideoPacket): void {
    if (!hasWebCodecs()) {
      options.onUnable();
      return;
    }
    const behind = decoder?.decodeQueueSize ?? 0;
    if (packet.key) {
      keysAreNear = keyAt !== undefined && packet.captureMicros - keyAt <= FAR_MICROS;
      keyAt = packet.captureMicros;
      const said = codecOf(packet.payload);
      // Behind: what waits in the decoder is old news, the key picture starts over.
      if ((said && said !== codec) || behind > MAX_QUEUE) dropDecoder();
      if (said) codec = said;
      needsKey = codec === '';
    } else if (behind > (keysAreNear ? MAX_QUEUE : MAX_CATCH_UP)) {
      needsKey = true;
    }
    if (needsKey) {
      counts.skipped += 1;
      waitsSince ??= packet.captureMicros;
      if (packet.captureMicros - waitsSince > FAR_MICROS) options.onUnable();
      return;
    }
    waitsSince = undefined;
    try {
      decoder ??= openDecoder();
      decoder.decode(
        new EncodedVideoChunk({
          type: packet.key ? 'key' : 'delta',
          timestamp: packet.captureMicros,
          data: packet.payload,
        }),
      );
    } catch {
      failed(); // configuration not supported, or the decoder closed itself
    }
  }

  function pushRaw(packet: VideoPacket): void {
    const { width, height, captureMicros } = packet;
    counts.decoded += 1;
    if (typeof VideoFrame !== 'undefined') {
      const frame = new VideoFrame(packet.payload, {
        format: 'I420',
        codedWidth: width,
        codedHeight: height,
        timestamp: captureMicros,
      });
      options.onPicture({ width, height, image: frame, captureMicros, close: () => frame.close() });
      return;
    }
    if (scratch?.canvas.width !== width || scratch.canvas.height !== height) {
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      const ctx = canvas.getContext('2d');
      if (!ctx) return;
      scratch = { canvas, ctx, data: ctx.createImageData(width, height) };
    }
    i420ToRgba(packet.payload, width, height, scratch.data.data);
    scratch.ctx.putImageData(scratch.data, 0, 0);
    options.onPicture({ width, height, image: scratch.canvas, captureMicros, close() {} });
  }

  return {
    push(bytes) {
      if (closed) return;
      let packet: VideoPacket;
      try {
        packet = decodeVideoPacket(bytes);
      } catch {
        counts.rejected += 1;
        return;
      }
      counts.packets += 1;
      if (packet.kind === 'h264') pushH264(packet);
      else pushRaw(packet);
    },
    counts,
    close() {
      closed = true;
      dropDecoder();
    },
  };
}

/** The codec string of the sequence parameter set at the front of a key picture. `undefined`: there is none. */
export function codecOf(annexB: Uint8Array): string | undefined {
  const end = Math.min(annexB.length - 7, 4096);
  for (let i = 0; i < end; i += 1) {
    if (annexB[i] !== 0 || annexB[i + 1] !== 0 || annexB[i + 2] !== 1) continue;
    if (((annexB[i + 3] ?? 0) & 0x1f) !== 7) continue;
    return `avc1.${[4, 5, 6].map((at) => (annexB[i + at] ?? 0).toString(16).padStart(2, '0')).join('')}`;
  }
  return undefined;
}

import { Transform } from 'node:stream';
import { SourceError } from './sourceError.ts';

const MOST_HEADER_BYTES = 8 * 1024;
/** A picture of 8K at the best quality. */
const MOST_PART_BYTES = 16 * 1024 * 1024;
const BLANK = Buffer.from('\r\n\r\n');
const SOI = Buffer.of(0xff, 0xd8);

/** What multipart pictures are handed on as: each with its length, so that ffmpeg has it whole as soon as it is there. */
export function partHeader(bytes: number): string {
  return `--opshall\r\nContent-Type: image/jpeg\r\nContent-Length: ${bytes}\r\n\r\n`;
}

/**
 * Cuts `multipart/x-mixed-replace` as cameras send it into JPEG pictures, and puts them together again with lengths.
 * Cameras' boundaries are often not those they announce: the first line that begins with `--` is taken for it.
 * Fails with SourceError `too-large` on a part without an end and `not-video` on parts that are no JPEG pictures.
 */
export function cutMultipart(): Transform {
  let held = Buffer.allocUnsafeSlow(64 * 1024);
  let from = 0; // held[from, end) has come and is not handed on yet
  let end = 0;
  let searched = 0; // no boundary begins before this
  let boundary: Buffer | undefined;
  /** Bytes of the part under way; `unsaid`: until the next boundary; undefined: its header is not read yet. */
  let length: number | 'unsaid' | undefined;

  function append(chunk: Uint8Array): void {
    if (end + chunk.length > held.length) {
      const size = end - from + chunk.length;
      const next = size > held.length / 2 ? Buffer.allocUnsafeSlow(size * 2) : held;
      held.copy(next, 0, from, end);
      held = next;
      searched -= from;
      end -= from;
      from = 0;
    }
    held.set(chunk, end);
    end += chunk.length;
  }

  function take(push: (bytes: Uint8Array) => void): void {
    for (;;) {
      if (length === undefined) {
        if (!readHeader()) return;
      } else if (length === 'unsaid') {
        const at = boundary ? held.subarray(0, end).indexOf(boundary, Math.max(from, searched)) : -1;
        if (at < 0) {
          searched = Math.max(from, end - (boundary?.length ?? 0));
          if (end - from > MOST_PART_BYTES) throw tooLarge();
          return;
        }
        emit(at - from, push);
      } else {
        if (end - from < length) return;
        emit(length, push);
      }
    }
  }

  /** @returns false when more bytes are needed */
  function readHeader(): boolean {
    const view = held.subarray(from, end);
    const start = view.subarray(0, MOST_HEADER_BYTES).indexOf('--');
    const stop = start < 0 ? -1 : view.subarray(0, MOST_HEADER_BYTES).indexOf(BLANK, start);
    if (stop < 0) {
      if (view.length >= MOST_HEADER_BYTES) throw new SourceError('not-video', 'it announces parts and sends none');
      return false;
    }
    const header = view.subarray(start, stop).toString('latin1');
    boundary ??= Buffer.from(`\r\n${header.split('\r\n')[0]?.trimEnd() ?? ''}`, 'latin1');
    const said = /^content-length:\s*(\d{1,15})\s*$/im.exec(header)?.[1];
    length = said === undefined ? 'unsaid' : Number(said);
    if (length !== 'unsaid' && length > MOST_PART_BYTES) throw tooLarge();
    from += stop + BLANK.length;
    searched = from;
    return true;
  }

  function emit(bytes: number, push: (bytes: Uint8Array) => void): void {
    const part = held.subarray(from, from + bytes);
    from += bytes;
    length = undefined;
    if (bytes === 0) return;
    if (!part.subarray(0, 2).equals(SOI))
      throw new SourceError('not-video', 'it sends parts that are no JPEG pictures');
    push(Buffer.concat([Buffer.from(partHeader(bytes)), part, Buffer.from('\r\n')]));
  }

  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        append(chunk);
        take((bytes) => this.push(bytes));
        done();
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}

function tooLarge(): SourceError {
  return new SourceError('too-large', `a picture has more than ${MOST_PART_BYTES / 1_048_576} MiB, or no end`);
}

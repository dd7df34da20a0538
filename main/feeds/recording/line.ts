import { isUtf8 } from 'node:buffer';
import { z } from 'zod';

/** Bytes of the longest line of a recording: a message of 8 MiB in base64, and what stands around it. */
export const MOST_LINE = 12 * 1024 * 1024;

/** A message as it came. */
export interface Recorded {
  /** Wall ms. */
  readonly t: number;
  /** From whom, where there are several: a device's address, a topic. */
  readonly from: string;
  readonly bytes: Uint8Array;
}

const Line = z.object({
  t: z.iso.datetime({ precision: 3 }),
  from: z.string().max(65_535).default(''),
  text: z.string().optional(),
  base64: z.base64().optional(),
});

/** Control characters that text has: tab and the ends of lines. */
const NO_TEXT = /[^\P{Cc}\t\r\n]/u;

/** One line of a recording, its end included: text as text, and else base64. */
export function lineOf(feed: string, { t, from, bytes }: Recorded): string {
  const text = isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString() : null;
  const raw =
    text === null || NO_TEXT.test(text) || text.startsWith('\uFEFF')
      ? { base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') }
      : { text };
  return `${JSON.stringify({ t: new Date(t).toISOString(), feed, ...(from === '' ? {} : { from }), ...raw })}\n`;
}

/** What a line of a recording holds; null where it is none. */
export function readLine(line: string): Recorded | null {
  try {
    const { t, from, text, base64 } = Line.parse(JSON.parse(line));
    if ((text === undefined) === (base64 === undefined)) return null;
    const bytes = text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text);
    return { t: Date.parse(t), from, bytes };
  } catch {
    return null;
  }
}

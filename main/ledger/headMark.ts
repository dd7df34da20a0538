import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { z } from 'zod';

const Mark = z.object({
  /** Name of the own chains. */
  chain: z.string(),
  /** Their heads, by stream. */
  heads: z.record(z.string(), z.object({ seq: z.number().int().positive(), hash: z.string() })),
});
export type HeadMark = z.infer<typeof Mark>;

const SIZE = 4096;
/** Streams that fit: beyond, those that are ended rehearsals for the most part are left out. */
const MOST_STREAMS = 20;

/**
 * `ledger.head`: where the own chains stood after the last commit, in a file beside the ledger. A chain that lost its end still
 * verifies; without this mark, a deleted write-ahead log or a ledger put back from an old copy would go unnoticed, and the
 * station would write a second version of events that its peers already hold.
 *
 * Written after each commit and not fsynced: after a power cut it may be behind the ledger, never ahead of it.
 */
export interface HeadMarkFile {
  /** The mark as it was when the file was opened; null when there was none, or none that can be read. */
  readonly found: HeadMark | null;
  write(mark: HeadMark): void;
  close(): void;
}

export function openHeadMark(file: string): HeadMarkFile {
  const handle = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600);
  const buffer = Buffer.alloc(SIZE);
  const length = readSync(handle, buffer, 0, SIZE, 0);
  const found = parse(buffer.toString('utf8', 0, length));
  /** How far the file is anything else than blanks; at first all of it. */
  let inked = SIZE;
  return {
    found,
    write({ chain, heads }) {
      const end = buffer.write(JSON.stringify({ chain, heads: fitting(heads) }), 'utf8');
      // Blanks up to where the last one ended: a shorter text never leaves the end of a longer one behind.
      if (end < inked) buffer.fill(' ', end, inked);
      writeSync(handle, buffer, 0, Math.max(end, inked), 0);
      inked = end;
    },
    close: () => closeSync(handle),
  };
}

function fitting(heads: HeadMark['heads']): HeadMark['heads'] {
  const kept = Object.entries(heads);
  if (kept.length <= MOST_STREAMS) return heads;
  return Object.fromEntries(kept.sort(lastingFirst).slice(0, MOST_STREAMS));
}

function lastingFirst([a]: [string, unknown], [b]: [string, unknown]): number {
  return Number(a.includes(':')) - Number(b.includes(':')) || (a < b ? 1 : -1);
}

function parse(text: string): HeadMark | null {
  try {
    return Mark.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

import type { Said } from '../../../config/issue.ts';
import { EXCERPT_CHARS } from '../../../rejects/rejects.ts';
import { type CodecFault, DESCRIBED } from '../codec.ts';

/** Collects what is refused of one arrival. */
export interface Faults {
  readonly list: readonly CodecFault[];
  readonly refused: number;
  /** @param bytes of which the beginning is shown. */
  add(path: string, said: Said, bytes: Uint8Array): void;
}

export function createFaults(): Faults {
  const list: CodecFault[] = [];
  let refused = 0;
  return {
    list,
    get refused() {
      return refused;
    },
    add(path, said, bytes) {
      refused++;
      if (list.length < DESCRIBED) list.push({ path, ...said, excerpt: excerptOf(bytes) });
    },
  };
}

/** The beginning of what was refused: as text where it is text, as what a modem says is, else in hex. No frame of this protocol has a password. */
function excerptOf(bytes: Uint8Array): string {
  const part = Buffer.from(bytes.subarray(0, EXCERPT_CHARS));
  const text = part.every((byte) => byte >= 0x20 && byte < 0x7f);
  return text ? part.toString('latin1') : part.toString('hex', 0, EXCERPT_CHARS / 2).toUpperCase();
}

import { PbfReader } from 'pbf';
import { Ints } from '../../tiling/growing.ts';
import { WANTED_KEYS } from './wanted.ts';

const UNKNOWN = 0;
const UNWANTED = 1;
const WANTED = 2;

/** The strings of one block. They are made when they are asked for: of most nobody asks. */
export class StringTable {
  readonly #bytes: Buffer;
  readonly #spans = new Ints();
  readonly #made: (string | undefined)[] = [];
  readonly #wanted: Uint8Array;

  /** @param at where the StringTable message begins in the block, its length first */
  constructor(block: Uint8Array, at: number) {
    this.#bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
    const pbf = new PbfReader(block);
    pbf.pos = at;
    pbf.readMessage((tag, spans) => {
      if (tag !== 1) return;
      const length = pbf.readVarint();
      if (pbf.pos + length > block.length) throw new RangeError('A string ends beyond its block.');
      spans.push(pbf.pos);
      spans.push(pbf.pos + length);
      pbf.pos += length;
    }, this.#spans);
    this.#wanted = new Uint8Array(this.#spans.length / 2);
  }

  /** @throws RangeError when the block has no such string */
  string(index: number): string {
    const made = this.#made[index];
    if (made !== undefined) return made;
    if (!(index >= 0 && index * 2 < this.#spans.length)) throw new RangeError(`The block has no string ${index}.`);
    const text = this.#bytes.toString('utf8', this.#spans.at(index * 2), this.#spans.at(index * 2 + 1));
    this.#made[index] = text;
    return text;
  }

  /** Whether this string is a key that says something to the converter. */
  isWanted(index: number): boolean {
    const known = this.#wanted[index];
    if (known !== UNKNOWN && known !== undefined) return known === WANTED;
    const isWanted = WANTED_KEYS.has(this.string(index));
    this.#wanted[index] = isWanted ? WANTED : UNWANTED;
    return isWanted;
  }
}

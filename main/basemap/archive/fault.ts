import type { Text } from '../../../core/words.ts';

/** Why a basemap's file is of no use or cannot be made: what is wrong, with which file, and what to do, in both languages. */
export class BasemapFault extends Error {
  override readonly name = 'BasemapFault';
  readonly text: Text;

  constructor(text: Text, cause?: unknown) {
    super(text.en, cause === undefined ? {} : { cause });
    this.text = text;
  }
}

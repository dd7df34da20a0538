import type { Text } from '../../../core/words.ts';

/** A file that no basemap can be made from: what is wrong with it, where, and what to do, in both languages. */
export class OsmFileError extends Error {
  override readonly name = 'OsmFileError';
  readonly text: Text;

  constructor(text: Text, cause?: unknown) {
    super(text.en, cause === undefined ? undefined : { cause });
    this.text = text;
  }
}

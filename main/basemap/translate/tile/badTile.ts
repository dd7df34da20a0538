/** A tile that cannot be read as one: it is left out, and counted. */
export class BadTile extends Error {
  override readonly name = 'BadTile';
}

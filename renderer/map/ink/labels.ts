/** Pixels from the canvas' top left. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const meet = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** A label that wants to stand somewhere. */
export interface Wish {
  readonly box: Box;
  /** The symbol that it belongs to: it may touch that one alone. */
  readonly symbol: Box;
}

/**
 * Which labels stand: none over another, none over a symbol that is not its own.
 *
 * @param wishes the most important first
 * @param symbols all that are drawn, the wishes' own among them
 */
export function standing<W extends Wish>(wishes: Iterable<W>, symbols: readonly Box[]): W[] {
  const stood: W[] = [];
  for (const wish of wishes) {
    if (stood.some(({ box }) => meet(box, wish.box))) continue;
    if (symbols.some((symbol) => symbol !== wish.symbol && meet(symbol, wish.box))) continue;
    stood.push(wish);
  }
  return stood;
}

/** Where a line may end: after a space, and beside each sign of a script that has none. */
const PIECES = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+\s*|\s+/gu;

/** A text in lines no wider than `most`, as `width` measures them; a word that is wider has a line of its own. */
export function linesOf(text: string, most: number, width: (line: string) => number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const piece of paragraph.match(PIECES) ?? []) {
      if (line !== '' && width((line + piece).trimEnd()) > most) {
        lines.push(line.trimEnd());
        line = '';
      }
      line += piece;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    return lines;
  });
}

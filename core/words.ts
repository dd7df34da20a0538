/** A name or sentence in both languages of the product. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** Response level, 1 = I 特别重大 … 4 = IV 一般: the smaller the number, the worse. */
export type Level = 1 | 2 | 3 | 4;

/** The numeral a level is written with. */
export const NUMERAL: Readonly<Record<Level, string>> = { 1: 'I', 2: 'II', 3: 'III', 4: 'IV' };

/** A named place; WGS 84 degrees. */
export interface Place {
  readonly lon: number;
  readonly lat: number;
  readonly name: Text;
}

/** A name or sentence in both languages of the product. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** Response level, 1 = I 特别重大 … 4 = IV 一般: the smaller the number, the worse. */
export type Level = 1 | 2 | 3 | 4;

/** A named place; WGS 84 degrees. */
export interface Place {
  readonly lon: number;
  readonly lat: number;
  readonly name: Text;
}

/** Not fatal: a name or log text in another encoding costs no measurement. */
const UTF_8 = new TextDecoder();
const EQUALS = 0x3d;
const SEMICOLON = 0x3b;
const COMMA = 0x2c;
/** Stands for all characters that are none of ASCII's. */
const FOREIGN = 0x80;

/**
 * Goes through `name=value` pairs of a text. Items and sub-values alike: each sub-value carries its factor's code, so that `,` for `;`
 * makes no difference. What has no name is passed over.
 */
export class Pairs {
  readonly text: string;
  /** Of each character its code, as far as it is of ASCII. */
  readonly codes: Uint8Array;
  /** Where the name of the pair stands, without the blanks around it, and what is between it and the value. */
  from = 0;
  to = 0;
  private equals = 0;
  private at = 0;
  private end = 0;

  constructor(bytes: Uint8Array) {
    this.text = UTF_8.decode(bytes);
    const { length } = this.text;
    // As long as it was: then each character is the byte that it came from, or stands for it.
    this.codes =
      length === bytes.length
        ? bytes
        : Uint8Array.from({ length }, (_, i) => Math.min(this.text.charCodeAt(i), FOREIGN));
  }

  /** Begins anew, with what stands at [from, to) of the text. */
  go(from: number, to: number): void {
    this.at = from;
    this.end = to;
  }

  /** On to the next pair; false where there is none. */
  next(): boolean {
    const { codes, end } = this;
    let { at } = this;
    while (at < end) {
      const from = at;
      let equals = -1;
      for (; at < end; at++) {
        const code = codes[at];
        if (code === SEMICOLON || code === COMMA) break;
        if (code === EQUALS && equals < 0) equals = at;
      }
      if (equals > from) {
        this.from = from;
        this.to = equals;
        this.equals = equals;
        this.at = at;
        this.trimName();
        return true;
      }
      at++;
    }
    this.at = at;
    return false;
  }

  name(): string {
    return this.text.slice(this.from, this.to);
  }

  value(): string {
    const [from, to] = [this.equals + 1, this.at];
    const piece = this.text.slice(from, to);
    return from === to || (isSolid(this.codes[from]) && isSolid(this.codes[to - 1])) ? piece : piece.trim();
  }

  private trimName(): void {
    if (isSolid(this.codes[this.from]) && isSolid(this.codes[this.to - 1])) return;
    const name = this.text.slice(this.from, this.to);
    this.from += name.length - name.trimStart().length;
    this.to = this.from + name.trim().length;
  }
}

/** No blank of any kind, as far as one byte tells. */
function isSolid(code: number | undefined): boolean {
  return code !== undefined && code > 0x20 && code < FOREIGN;
}

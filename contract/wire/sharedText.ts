const encoder = new TextEncoder();

/** A text that is sent to many windows: made into bytes once, however many there are. */
export class SharedText {
  readonly text: string;
  #bytes: Uint8Array | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** Its UTF-8, the same bytes each time; not to be written to. */
  get bytes(): Uint8Array {
    this.#bytes ??= encoder.encode(this.text);
    return this.#bytes;
  }

  toString(): string {
    return this.text;
  }
}

/** A text message of which the part in the middle is that of many. */
export interface AroundShared {
  readonly head: string;
  readonly shared: SharedText;
  readonly tail: string;
}

export const wholeText = ({ head, shared, tail }: AroundShared): string => `${head}${shared.text}${tail}`;

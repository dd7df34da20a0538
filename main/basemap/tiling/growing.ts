const LEAST = 1024;

/** 32-bit integers that grow: four bytes each instead of the eight and more of a list. */
export class Ints {
  data: Int32Array = new Int32Array(LEAST);
  length = 0;

  push(value: number): void {
    if (this.length === this.data.length) this.room(1);
    this.data[this.length++] = value;
  }

  /** Makes room for `more` beyond the length. */
  room(more: number): void {
    if (this.length + more <= this.data.length) return;
    const larger = new Int32Array(Math.max(this.length + more, Math.ceil(this.data.length * 1.6)));
    larger.set(this.data.subarray(0, this.length));
    this.data = larger;
  }

  at(index: number): number {
    return this.data[index] as number;
  }

  clear(): void {
    this.length = 0;
  }

  /** What is there, in an array of its own. */
  copy(from = 0): Int32Array {
    return this.data.slice(from, this.length);
  }

  /** Lets go of the room that is not used. */
  trim(): void {
    if (this.data.length > this.length) this.data = this.data.slice(0, this.length);
  }
}

/** Doubles that grow: whole numbers up to 2⁵³, as OpenStreetMap's ids are. */
export class Doubles {
  data: Float64Array = new Float64Array(LEAST);
  length = 0;

  push(value: number): void {
    if (this.length === this.data.length) {
      const larger = new Float64Array(Math.ceil(this.data.length * 1.6));
      larger.set(this.data);
      this.data = larger;
    }
    this.data[this.length++] = value;
  }

  at(index: number): number {
    return this.data[index] as number;
  }

  clear(): void {
    this.length = 0;
  }

  trim(): void {
    if (this.data.length > this.length) this.data = this.data.slice(0, this.length);
  }
}

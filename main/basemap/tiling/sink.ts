/** Where finished tiles go. */
export interface TileSink {
  /** Any order; each tile once. `mvt` is not compressed and is the sink's own: nobody writes to it later. */
  put(z: number, x: number, y: number, mvt: Uint8Array): Promise<void> | void;
}

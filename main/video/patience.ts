/** How patient a stream is; milliseconds. */
export interface StreamPatience {
  /** No picture for so long: stale. A camera whose pictures come seldom has longer, by its own pace. */
  readonly staleMs: number;
  /** Neither picture nor byte for so long: given up and started anew; by its own pace too. */
  readonly goneMs: number;
  /** Nothing at all within so long: given up. */
  readonly connectMs: number;
  /** Bytes, but no first picture within so long: given up. */
  readonly firstPictureMs: number;
  /** Bytes, but no picture to begin with for so long: another way is tried. */
  readonly keylessMs: number;
  readonly retryFirstMs: number;
  readonly retryMaxMs: number;
  /** Live for so long: what went wrong before is forgotten. */
  readonly settledMs: number;
}

export const DEFAULT_PATIENCE: StreamPatience = {
  staleMs: 2_000,
  goneMs: 8_000,
  connectMs: 15_000,
  firstPictureMs: 180_000,
  keylessMs: 20_000,
  retryFirstMs: 500,
  retryMaxMs: 30_000,
  settledMs: 10_000,
};

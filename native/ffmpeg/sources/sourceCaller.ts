/** Whoever wants a source. */
export interface SourceCaller {
  /** Aborts when it is not wanted any more. */
  readonly signal: AbortSignal;
  /** Told of all that comes from the camera. */
  arrived(): void;
}

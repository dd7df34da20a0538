/** Time as video needs it; the hall's clock has this shape. */
export interface Clock {
  /** Wall clock, milliseconds since 1970. */
  now(): number;
  /** Milliseconds that never jump. */
  monotonic(): number;
  /** Calls `run` after `ms`; the answer calls it off. */
  setTimeout(run: () => void, ms: number): () => void;
}

/** The part of a pino logger that video writes to. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

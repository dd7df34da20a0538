/** The part of a pino logger that feeds and telemetry use. */
export interface Log {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
}

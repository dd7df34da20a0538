/**
 * Where telemetry is written down for a while. Appending never waits and never throws; what does not fit is dropped and
 * counted. Kept by native/sqlite/telemetryJournal.ts.
 */
export interface TelemetryJournal {
  /** `quality`: 0 good, 1 doubtful, 2 bad. */
  observation(sensor: string, t: number, value: number, quality: number): void;
  /** A value that is kept for weeks: of a sensor that is held against what is usual for it one in ten minutes. */
  sample(sensor: string, t: number, value: number): void;
  /** `status`: index into UNIT_STATUSES. */
  position(unit: string, t: number, lon: number, lat: number, heading: number, speed: number, status: number): void;
  /** Writes what waits, in one transaction. */
  flush(): void;
  /** Share of the buffer in use, 0 … 1. */
  pressure(): number;
  /** Rows dropped since start. */
  dropped(): number;
  /** Flushes and closes the file. */
  close(): void;
}

/** A journal that keeps nothing. */
export const noJournal: TelemetryJournal = {
  observation() {},
  sample() {},
  position() {},
  flush() {},
  pressure: () => 0,
  dropped: () => 0,
  close() {},
};

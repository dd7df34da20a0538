import type { FeedHealth } from '../../contract/schema/station.ts';
import type { UnitReport } from '../../core/units/unit.ts';

/** One value of one sensor, as it came. */
export interface ObservationReport {
  readonly sensor: string;
  /** Wall ms by the source's clock. */
  readonly t: number;
  readonly value: number;
  readonly quality: 'good' | 'doubtful' | 'bad';
}

/** What one message brought: checked, known to the directory, in WGS 84. */
export interface FeedBatch {
  readonly observations: readonly ObservationReport[];
  readonly units: readonly UnitReport[];
}

/** Where feeds deliver to. Back-pressure is part of it: a feed that ignores `slow` is a defect. */
export interface FeedSink {
  /**
   * Takes the batch, always. `slow` asks the feed to stop reading from its source until {@link FeedSink.ready} resolves;
   * what the source sends meanwhile waits at the source, not in the hall.
   */
  push(batch: FeedBatch): 'ok' | 'slow';
  /** Resolves when the sink can take more. Never rejects. */
  ready(): Promise<void>;
}

/** Which sensors and units the hall knows; a record of another is rejected. */
export interface FeedDirectory {
  hasSensor(id: string): boolean;
  hasUnit(id: string): boolean;
}

/**
 * One source of telemetry and its connector. It connects, reconnects and reports its health by itself; nothing that the
 * source sends makes it throw.
 */
export interface Feed {
  readonly id: string;
  readonly protocol: string;
  /** Begins to connect; batches arrive at the sink from now on. Once. */
  start(sink: FeedSink): void;
  /** Closes the connection and delivers nothing more. */
  stop(): Promise<void>;
  health(): FeedHealth;
  /** Calls back when the state (not a mere count) changes. Answers the unsubscriber. */
  onState(listener: (health: FeedHealth) => void): () => void;
}

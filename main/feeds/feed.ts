import type { FeedHealth } from '../../contract/features/feeds.ts';
import type { UnitReport } from '../../core/units/unit.ts';
import type { WarningMessage } from '../../core/warnings/message.ts';
import type { Receiver } from './receiver.ts';

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
  /** When the source sent it, wall ms by the source's clock. */
  readonly sentAt: number;
  readonly observations: readonly ObservationReport[];
  readonly units: readonly UnitReport[];
}

/** What became of a batch. */
export interface Delivered {
  /**
   * Asks the feed to stop reading from its source until {@link FeedSink.ready} resolves; what the source sends meanwhile waits
   * at the source, not in the hall.
   */
  readonly slow: boolean;
  /** Records that were refused: dated ahead of the hall's clock, or another feed's. The sink keeps and counts them as rejects. */
  readonly rejected: number;
  /** Records that are older than what is held: for the history only. */
  readonly late: number;
}

/** Where one feed delivers to. Back-pressure is part of it: a feed that ignores `slow` is a defect. */
export interface FeedSink {
  /** Takes the batch, always. */
  push(batch: FeedBatch): Delivered;
  /** Resolves when the sink can take more. Never rejects. */
  ready(): Promise<void>;
}

/**
 * Takes a warning that a feed brings, which is recorded where its values are not. Answers when it is durable, or was known before; rejects where it
 * cannot be kept, and then the source has to send it again.
 */
export type TakeWarning = (feed: string, warning: WarningMessage) => Promise<void>;

/** A feed, as those it delivers to know it. */
export interface FeedIdentity {
  readonly id: string;
  /** Ids of sensors and units that only it may speak of; with `*` at the end all that begin so. */
  readonly owns: readonly string[];
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
  /** Of a feed whose source posts its messages to the hall. */
  readonly receiver?: Receiver;
  /** Calls back when the state (not a mere count) changes. Answers the unsubscriber. */
  onState(listener: (health: FeedHealth) => void): () => void;
}

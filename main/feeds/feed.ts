import type { FeedHealth } from '../../contract/features/feeds.ts';
import type { Outcome } from '../../contract/features/rejects.ts';
import type { Report, Reporter } from '../../core/calls/report.ts';
import type { UnitReport } from '../../core/units/unit.ts';
import type { WarningMessage } from '../../core/warnings/message.ts';
import type { Issue } from '../config/issue.ts';
import type { RawMessage } from '../rejects/rejects.ts';
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

/** A refused record and what it looked like. */
export type RecordFault = Issue & { readonly excerpt: string };

/** What became of a batch. */
export interface Delivered {
  /**
   * Asks the feed to stop reading from its source until {@link FeedSink.ready} resolves; what the source sends meanwhile waits
   * at the source, not in the hall.
   */
  readonly slow: boolean;
  /** Records that were refused: dated ahead of the hall's clock, or another feed's. */
  readonly rejected: number;
  /** The first of them, described. */
  readonly faults: readonly RecordFault[];
  /** Records that are older than what is held: for the history only. */
  readonly late: number;
  /** Of what is put through again: records that are in the hall already. */
  readonly known?: number;
}

/** What becomes of a batch without records. */
export const NOTHING: Delivered = { slow: false, rejected: 0, late: 0, faults: [] };

/** Where one feed delivers to. Back-pressure is part of it: a feed that ignores `slow` is a defect. */
export interface FeedSink {
  /**
   * Takes the batch, always.
   *
   * @param again a person puts it through again: it says nothing of the source's clock, and what of it is in the hall already is passed over
   */
  push(batch: FeedBatch, again?: boolean): Delivered;
  /** Resolves when the sink can take more. Never rejects. */
  ready(): Promise<void>;
}

/**
 * Takes a warning that a feed brings, which is recorded where its values are not. Answers when it is durable, or was known before; rejects where it
 * cannot be kept, and then the source has to send it again.
 */
export type TakeWarning = (feed: string, warning: WarningMessage) => Promise<void>;

/** What became of reports of other systems. */
export interface ReportsTaken {
  /** Those that are new, or say something new. */
  readonly taken: number;
  /** Too many calls wait for somebody: so many are not taken, and have to be brought again. */
  readonly left: number;
}

/**
 * Takes reports that a feed brings, which become calls: each once, by the system's own number for it. Answers when they are durable; rejects where
 * they cannot be kept, and then the source has to bring them again.
 */
export type TakeReports = (from: Reporter, reports: readonly Report[]) => Promise<ReportsTaken>;

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
  /**
   * Reads a message that was refused again, and delivers what of it can be taken now; its health is not concerned. Null while the feed is not
   * started. Left out where nothing comes that could be read again.
   *
   * @param at when it came, wall ms: the time of what has none of its own
   */
  again?(message: RawMessage, at: number): Outcome | null | Promise<Outcome | null>;
  /** Calls back when the state (not a mere count) changes. Answers the unsubscriber. */
  onState(listener: (health: FeedHealth) => void): () => void;
}

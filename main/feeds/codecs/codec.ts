import type { Issue } from '../../config/issue.ts';

/** One value of one quantity that a device measures, under the names that the protocol gives them. */
export interface CodecReading {
  readonly kind: 'reading';
  /** The device's number in the protocol: MN, station address. */
  readonly device: string;
  /** The quantity: factor code, element identifier. */
  readonly item: string;
  /** Wall ms by the source's clock. */
  readonly t: number;
  /** In the protocol's own unit. */
  readonly value: number;
  readonly quality: 'good' | 'doubtful' | 'bad';
  /** Somebody calls for help: that no sensor is named for it is told, though nobody asked. */
  readonly urgent?: true;
}

/** Where a device was, in the coordinate system that the feed's configuration names. */
export interface CodecPosition {
  readonly kind: 'position';
  readonly device: string;
  /** Wall ms by the source's clock. */
  readonly t: number;
  /** Degrees. */
  readonly lon: number;
  readonly lat: number;
  /** Degrees clockwise from north, [0, 360]. */
  readonly heading: number;
  /** Metres a second. */
  readonly speed: number;
}

export type CodecRecord = CodecReading | CodecPosition;

/** What was wrong with some bytes; `path` names the field. */
export interface CodecFault extends Issue {
  /** The bytes as they came, as text where they are text and else in hex: the first few hundred characters. */
  readonly excerpt: string;
}

/** What came of the bytes that arrived. */
export interface Decoded {
  /** Messages that were whole and right, whether they brought records or not. */
  readonly messages: number;
  /** When the newest of them was sent, wall ms by the source's clock; null where none says so. */
  readonly sentAt: number | null;
  readonly records: readonly CodecRecord[];
  /** What the standard has the centre answer, in this order, whole frames. */
  readonly replies: readonly Uint8Array[];
  /** Messages and records that were refused: at most {@link DESCRIBED} are described. */
  readonly faults: readonly CodecFault[];
  /** How many were refused in all. */
  readonly refused: number;
}

/** What was refused as a whole. */
export const refused = (fault: CodecFault): Decoded => ({
  ...{ messages: 0, sentAt: null, records: [], replies: [], faults: [fault], refused: 1 },
});

/** So many refusals of one arrival are described; the rest are counted. */
export const DESCRIBED = 20;

/** What several arrivals brought together. */
export function joined(parts: readonly Decoded[]): Decoded {
  const times = parts.flatMap(({ sentAt }) => (sentAt === null ? [] : [sentAt]));
  const sum = (of: (part: Decoded) => number): number => parts.reduce((n, part) => n + of(part), 0);
  return {
    ...{ messages: sum(({ messages }) => messages), refused: sum((part) => part.refused) },
    sentAt: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
    records: parts.flatMap(({ records }) => records),
    replies: parts.flatMap(({ replies }) => replies),
    faults: parts.flatMap(({ faults }) => faults).slice(0, DESCRIBED),
  };
}

/** One connection of a device, or of a gateway that brings many: bytes come in portions that have nothing to do with messages. */
export interface CodecSession {
  /**
   * Nothing that comes makes it throw, and what it keeps of bytes that are no message is bounded.
   *
   * @param now wall ms by the hall's clock: where a reply says the time, and where a device's two-digit year belongs
   */
  take(bytes: Uint8Array, now: number): Decoded;
  /** Of what came, so many bytes at the end wait for the rest of their frame. */
  kept(): number;
}

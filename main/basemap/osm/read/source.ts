import type { Bounds } from '../../tiling/mercator.ts';

/** Tags of one node, way or relation; only while it is being told, because the same map is used for the next. */
export type Tags = ReadonlyMap<string, string>;

export type MemberType = 'node' | 'way' | 'relation';

export interface Member {
  readonly type: MemberType;
  readonly id: number;
  readonly role: string;
}

/** Who is told what a file has. Kinds that nobody asks for are passed over, which is several times faster. */
export interface OsmVisitor {
  /** Degrees, WGS 84. */
  node?(id: number, lon: number, lat: number, tags: Tags): void;
  /** Ids of its nodes are the first `count` of `refs`, which is used again for the next way. */
  way?(id: number, refs: Float64Array, count: number, tags: Tags): void;
  relation?(id: number, members: readonly Member[], tags: Tags): void;
}

/** A file of OpenStreetMap that can be read as often as needed. */
export interface OsmSource {
  /** Size of the file, bytes. */
  readonly size: number;
  /** What area the file says it covers; null until it was read once, and where it doesn't say. */
  bounds(): Bounds | null;
  /**
   * Tells all that the file has, in its order.
   * @param onBytes how many bytes have been read
   * @throws OsmFileError where the file is none, is broken or cut off
   */
  each(visitor: OsmVisitor, onBytes?: (done: number) => void): Promise<void>;
  close(): Promise<void>;
}

/** What either end accepts. Breaking one is answered with a named error and counted; see SPEC.md, part L. */
export interface WireLimits {
  /** Largest text frame from a window, in bytes of UTF-8. */
  readonly windowTextBytes: number;
  /** Largest text frame from the hall, in bytes of UTF-8. */
  readonly hallTextBytes: number;
  /** How deep the JSON of a text frame may nest. */
  readonly depth: number;
  /** Requests a second a window may make, and how many at once. */
  readonly requestsPerSecond: number;
  /** Frames of any kind a second a window may send. */
  readonly framesPerSecond: number;
  /** Requests of a window that are not answered yet. */
  readonly outstanding: number;
  /** Bulk streams of a window at one time. */
  readonly bulkStreams: number;
  /** Queries a window has open at one time, and as many it may open a second. */
  readonly queries: number;
  /** Largest `query` frame, in characters. */
  readonly queryChars: number;
  /** Largest page or patch of a query, in bytes of UTF-8. */
  readonly pageBytes: number;
  /** Broken frames after which a window is put out. */
  readonly badFrames: number;
  /** Milliseconds a new connection has to say hello. */
  readonly helloMs: number;
  /** Milliseconds without any frame after which a window is taken for gone. A hidden browser tab pings once a minute. */
  readonly idleMs: number;
  /** Unread bytes over which bulk payloads wait or are dropped, however fast the window reads (F7). */
  readonly bulkUnread: number;
  /** Unread bytes over which deltas are skipped, snapshots pause, and calls with long answers wait; less when there are many windows (F5). */
  readonly topicUnread: number;
  /** Unread bytes, besides one bulk payload, over which a window is put out. */
  readonly hardUnread: number;
  /** Unread bytes of all windows together over which the one with most is put out. */
  readonly totalUnread: number;
  /** Milliseconds something may wait for a window to read on before it is put out. */
  readonly stalledMs: number;
}

/** The limits of a hall as shipped. */
export const WIRE_LIMITS: WireLimits = {
  windowTextBytes: 256 * 1024,
  hallTextBytes: 4 * 1024 * 1024,
  depth: 32,
  requestsPerSecond: 200,
  framesPerSecond: 4000,
  outstanding: 64,
  bulkStreams: 64,
  queries: 32,
  queryChars: 8 * 1024,
  pageBytes: 1024 * 1024,
  badFrames: 20,
  helloMs: 10_000,
  idleMs: 150_000,
  bulkUnread: 2 * 1024 * 1024,
  topicUnread: 2 * 1024 * 1024,
  hardUnread: 8 * 1024 * 1024,
  totalUnread: 96 * 1024 * 1024,
  stalledMs: 60_000,
};

/** A window says how much it has read each time this many bytes more have come: how fast it reads is known from that. */
export const ACK_EVERY_BYTES = 8 * 1024;

/** Message ids that the codec reads or writes (JT/T 808-2019 annex; those of 2013 are the same). */
export const ID = {
  terminalAnswer: 0x0001,
  logOut: 0x0003,
  askTime: 0x0004,
  register: 0x0100,
  authenticate: 0x0102,
  position: 0x0200,
  positionAsked: 0x0201,
  batch: 0x0704,
  picture: 0x0801,
  answer: 0x8001,
  resend: 0x8003,
  time: 0x8004,
  registered: 0x8100,
  pictureTaken: 0x8800,
} as const;

/** What 8001 says became of a message. */
export const RESULT = { ok: 0, failed: 1, wrong: 2, unsupported: 3 } as const;

/** What 8100 says to a terminal that nobody registered: 数据库中无该终端. */
export const NO_SUCH_TERMINAL = 4;

/** From here on only a centre speaks. */
export const CENTRE_IDS = 0x8000;

/** What a terminal says that the hall takes note of and does not read: heartbeat, events, waybills, cards, results of commands. */
const NOTED: ReadonlySet<number> = new Set([
  ...[0x0002, 0x0104, 0x0107, 0x0108, 0x0301, 0x0302, 0x0303, 0x0500, 0x0608, 0x0700, 0x0701, 0x0702, 0x0705],
  ...[0x0800, 0x0802, 0x0805, 0x0900, 0x0901, 0x1003, 0x1005, 0x1205, 0x1206],
]);

/** Whether 8001 may say that a message was taken, though nothing in it is read. */
export function isNoted(id: number): boolean {
  return NOTED.has(id);
}

/** `0200`, as the standard writes it. */
export function idText(id: number): string {
  return id.toString(16).toUpperCase().padStart(4, '0');
}

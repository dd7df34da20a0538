import type { RejectView } from '../../../contract/features/rejects.ts';
import type { FrameReject } from '../../../contract/wire/served.ts';

const RELOAD = 'Reload the window; if it comes again, compare its version with the hall’s.';
const ANOTHER_SEAT = 'Let a seat do it that has the right: docs/security.md has the table.';

/** Everything that was refused at the hall's doors: by feeds and files, from other stations, from windows. Newest first. */
export function everyReject(doors: {
  feeds: readonly RejectView[];
  peers: readonly RejectView[];
  windows: readonly FrameReject[];
}): RejectView[] {
  const windows = doors.windows.map(
    ({ n, at, client, error, excerpt }): RejectView => ({
      ...{ id: `window-${n}`, at, source: `window ${client}`, path: error.field ?? '', message: error.message },
      ...{ remedy: error.code === 'forbidden' ? ANOTHER_SEAT : RELOAD, excerpt },
    }),
  );
  return [...doors.feeds, ...doors.peers, ...windows].sort((a, b) => b.at - a.at);
}

/** Node-API version that better-sqlite3 is built for. Under an older one it ends the process on load, without a word. */
const NODE_API_NEEDED = 10;

/** The hall was started on a Node that cannot carry it. */
export class UnfitRuntime extends Error {
  override readonly name = 'UnfitRuntime';
}

/**
 * Refuses a runtime whose Node-API is too old, with a sentence in place of a crash. Call it with `process.versions`
 * before anything native is loaded, so before the first import of native/.
 *
 * @throws {UnfitRuntime} naming `process.versions.napi` and the remedy.
 */
export function assertRuntime(versions: Readonly<Record<string, string | undefined>>): void {
  const offered = Number(versions.napi ?? 0);
  if (offered >= NODE_API_NEEDED) return;
  const runtime = versions.electron
    ? `Electron ${versions.electron}`
    : `Node ${versions.node ?? 'of an unknown version'}`;
  throw new UnfitRuntime(
    `OpsHall needs Node-API ${NODE_API_NEEDED} for its ledger, and ${runtime} offers ${versions.napi ?? 'none'} ` +
      '(process.versions.napi). Start it with npm start, which uses the pinned Node 24, or with Node 22.14 or newer, or Electron 35 or newer.',
  );
}

import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { naming } from './fileFault.ts';

/** What the hall keeps in its data folder; what else lies there belongs to somebody else. */
const OURS =
  /^(?:ledger\.db|ledger\.head|views\.db|telemetry\.db|quarantine\.db|peers\.json|hall\.lock|station\.key|token|hub-token|integration-token|city-feed|instance|profile)(?:[.-].*)?$|^drill-cameras$|^worlds$/;
/** With less than this to write a start is refused: the first decisions would be, a moment later. */
const TRIED_BYTES = 256 * 1024;

/**
 * Makes the data folder, closes it and what the hall keeps there to other users of this PC, and sees whether it takes what is
 * written.
 *
 * @throws FileFault naming the folder.
 */
export function prepareDataFolder(folder: string): void {
  naming(folder, () => {
    makeFolder(folder);
    closeToOthers(folder, 0o700);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (OURS.test(entry.name)) closeToOthers(join(folder, entry.name), entry.isDirectory() ? 0o700 : 0o600);
    }
    const tried = join(folder, `.try-${process.pid}`);
    try {
      writeFileSync(tried, Buffer.alloc(TRIED_BYTES), { mode: 0o600, flush: true });
    } finally {
      rmSync(tried, { force: true });
    }
  });
}

/** Makes a folder and those above it, one by one: Node's own way waits for ever below /proc, and hides why it failed. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const made = (error as NodeJS.ErrnoException).code === 'EEXIST' && statSync(folder).isDirectory(); // By somebody else just now.
    if (!made) throw error;
  }
}

function closeToOthers(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch {
    // Somebody else's, or a disk that knows no rights: whether it can be used at all shows at once.
  }
}

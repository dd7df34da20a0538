import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { startHall } from '../../support/hallProcess.ts';
import type { Folders } from './folders.ts';
import { STATION } from './generate.ts';
import { quantile } from './spread.ts';

/** Starts of the real headless hall, as medians: seconds to the ready line, and MiB resident when it has come to rest. */
export interface Starts {
  readonly full: Start;
  readonly empty: Start;
}

interface Start {
  readonly seconds: number;
  readonly mib: number;
}

const PATIENCE_MS = 600_000;

/** Starts it by turns on the big ledger and on an empty folder, so that what else the machine does befalls both. */
export async function measureStarts({ full, empty, effort }: Folders): Promise<Starts> {
  const found: Record<'full' | 'empty', Start[]> = { full: [], empty: [] };
  await start(empty, 0); // Reads the program from the disk, and makes the folder's tokens.
  await start(full, 0); // Makes views.db, and the first checkpoint.
  for (let round = 0; round < effort.rounds; round++) {
    found.empty.push(await start(empty, effort.settle));
    found.full.push(await start(full, effort.settle));
  }
  const median = (starts: readonly Start[]): Start => ({
    seconds: quantile(
      starts.map(({ seconds }) => seconds),
      0.5,
    ),
    mib: quantile(
      starts.map(({ mib }) => mib),
      0.5,
    ),
  });
  return { full: median(found.full), empty: median(found.empty) };
}

async function start(dataDir: string, rest: number): Promise<Start> {
  const began = performance.now();
  const hall = await startHall({ dataDir, profile: 'empty', args: ['--station', STATION], within: PATIENCE_MS });
  const seconds = (performance.now() - began) / 1000;
  await delay(rest);
  const mib = residentMib(hall.pid);
  await hall.stop();
  return { seconds, mib };
}

/** MiB of a process in memory. */
function residentMib(pid: number): number {
  if (process.platform !== 'linux') return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)])) / 1024;
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/**
 * `npm run soak`: wears a hall out for hours. Kills it a thousand times in the middle of decisions, then runs the drill city with ten
 * windows and prints how its memory and its open files grow. Ends with 0 when nothing acknowledged was lost.
 *
 * `npm run soak -- --kills 1000 --minutes 240 --clients 10`
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startHall } from '../tests/support/hallProcess.ts';
import { killRounds } from '../tests/support/killRounds.ts';
import { seededRandom } from '../tests/support/random.ts';
import { openWindow, type Window } from '../tests/support/window.ts';
import { build } from './build.ts';
import { Refusal, runTask, say } from './project.ts';

const SEED = 20261126;

/** What a process holds at one moment. */
interface Footprint {
  /** Minutes since the first. */
  minute: number;
  /** Resident memory, MiB. */
  memory: number;
  /** Open files and sockets. */
  descriptors: number;
}

function footprint(pid: number, minute: number): Footprint {
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { minute, memory: Number(resident) / 1024, descriptors: readdirSync(`/proc/${pid}/fd`).length };
}

/** Growth an hour by the least squares, over the second half: the first is warming up. */
function growth(samples: readonly Footprint[], of: 'memory' | 'descriptors'): number {
  const half = samples.slice(Math.floor(samples.length / 2));
  const n = half.length;
  const meanX = half.reduce((sum, each) => sum + each.minute, 0) / n;
  const meanY = half.reduce((sum, each) => sum + each[of], 0) / n;
  const spread = half.reduce((sum, each) => sum + (each.minute - meanX) ** 2, 0);
  const slope = half.reduce((sum, each) => sum + (each.minute - meanX) * (each[of] - meanY), 0) / spread;
  return spread === 0 ? 0 : slope * 60;
}

const row = ({ minute, memory, descriptors }: Footprint, more: string) =>
  say(
    `  ${minute.toFixed(0).padStart(5)} min  ${memory.toFixed(1).padStart(8)} MiB  ${String(descriptors).padStart(5)} open files  ${more}`,
  );

async function kills(dataDir: string, rounds: number): Promise<boolean> {
  say(`\nkilling a hall ${rounds} times`);
  const report = await killRounds({
    dataDir,
    rounds,
    random: seededRandom(SEED),
    onRound(round, acknowledged, pid) {
      if (round % 50 === 0) row(footprint(pid, round), `kills, ${acknowledged} decisions acknowledged`);
    },
  });
  const { acknowledged, lost, repeated, gaps, unwell } = report;
  say(
    `  ${rounds} kills, ${acknowledged} decisions acknowledged, ${lost.length} lost, ${repeated.length} twice, ${gaps} gaps, ${unwell} starts unwell`,
  );
  return lost.length + repeated.length + gaps + unwell === 0;
}

async function city(dataDir: string, minutes: number, clients: number): Promise<boolean> {
  say(`\nthe drill city with ${clients} windows for ${minutes} minutes`);
  const hall = await startHall({ dataDir });
  const windows: Window[] = [];
  const samples: Footprint[] = [];
  let acknowledged = 0;
  let failed = 0;
  try {
    for (let n = 0; n < clients; n++) windows.push(await openWindow(hall, n % 2 === 0 ? 'duty' : 'commander'));
    const began = performance.now();
    const minute = () => (performance.now() - began) / 60_000;
    let next = 0;
    while (minute() < minutes && !hall.exited) {
      for (const [n, window] of windows.entries()) {
        const scene = n % 2 === 0 ? 'situation' : 'alarms';
        await window.call('wall.show', { screen: `wall-${n}`, scene, selection: null, cameras: [] }).then(
          () => acknowledged++,
          () => failed++,
        );
      }
      if (minute() >= next) {
        const now = footprint(hall.pid, minute());
        samples.push(now);
        row(now, `${acknowledged} decisions acknowledged, ${failed} not`);
        next += Math.max(1 / 6, minutes / 240);
      }
      await delay(200);
    }
    const wrong = windows.flatMap((window) => window.violations);
    say(
      `  growth an hour, over the second half: ${growth(samples, 'memory').toFixed(1)} MiB, ${growth(samples, 'descriptors').toFixed(1)} open files`,
    );
    if (hall.exited) say(`  the hall ended (${hall.ending}):\n${hall.lines.slice(-20).join('\n')}`);
    if (wrong.length > 0)
      say(`  told ${wrong.length} things that break the contract; the first: ${JSON.stringify(wrong[0])}`);
    return failed === 0 && wrong.length === 0 && !hall.exited;
  } finally {
    for (const window of windows) window.close();
    await hall.stop();
  }
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new Refusal(`--${name} takes a number of 0 or more, not "${text}".`);
}

async function main(args: string[]): Promise<number> {
  if (process.platform !== 'linux')
    throw new Refusal('The soak reads memory and open files from /proc, which only Linux has.');
  const { values } = parseArgs({
    args,
    options: {
      kills: { type: 'string', default: '1000' },
      minutes: { type: 'string', default: '240' },
      clients: { type: 'string', default: '10' },
    },
  });
  const rounds = count('kills', values.kills);
  const minutes = count('minutes', values.minutes);
  const clients = count('clients', values.clients);
  await build();
  const folder = await mkdtemp(join(tmpdir(), 'opshall-soak-'));
  try {
    const whole = rounds === 0 || (await kills(join(folder, 'kills'), rounds));
    const steady = minutes === 0 || (await city(join(folder, 'city'), minutes, clients));
    say(whole && steady ? '\nPassed' : '\nFailed');
    return whole && steady ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await runTask(() => main(process.argv.slice(2)));

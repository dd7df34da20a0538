import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startChild } from '../../support/child.ts';
import { until } from '../../support/until.ts';
import { bigCity } from './city.ts';
import type { Folders } from './folders.ts';
import { type GaugeFeed, openGaugeFeed } from './gaugeFeed.ts';
import type { Effort } from './sizes.ts';

const PATIENCE_MS = 600_000;
const CATCH_UP_MS = 60_000;

/** A hall at full size in a process of its own, and the source it takes gauges and units from. */
export interface BigHall {
  readonly url: string;
  readonly token: string;
  readonly feed: GaugeFeed;
  readonly effort: Effort;
  /** How long the hall's thread works over so many ms, in per cent of them, and how many of the feed's records it takes a second. */
  busy(ms: number): Promise<Busy>;
  /** Waits until the hall has taken what the feed has said, a minute at most. */
  caughtUp(): Promise<void>;
}

/** Work of the hall's thread. */
export interface Busy {
  readonly percent: number;
  readonly perSecond: number;
}

/** Starts it on the big ledger. It is closed with the folders' scratch. */
export async function openBigHall({ full, scratch, effort }: Folders): Promise<BigHall> {
  const resources = join(scratch.folder('bench-city'), 'resources');
  bigCity(resources, effort);
  const feed = scratch.keep(await openGaugeFeed(effort), (it) => it.close());
  const program = fileURLToPath(new URL('./hall.child.ts', import.meta.url));
  const child = startChild('the big hall', process.execPath, [program, full, resources, feed.url]);
  // A clean close is no part of what is measured, and a hall that is worn out may not manage one.
  scratch.keep(child, (it) => it.kill());
  const [, url = '', token = ''] = await child.line(/^ready (\S+) (\S+)$/, PATIENCE_MS);
  await until(() => feed.listeners > 0, { what: 'the hall at the feed' });
  const received = async (): Promise<number> => {
    const { feeds } = (await (await fetch(`${url}/healthz`)).json()) as { feeds: { received: number }[] };
    return feeds[0]?.received ?? 0;
  };
  let asked = 0;
  const worked = async (): Promise<{ at: number; ms: number; records: number }> => {
    const name = ++asked;
    child.tell(String(name));
    const [, ms] = await child.line(new RegExp(`^busy ${name} (\\S+)$`), PATIENCE_MS);
    return { at: performance.now(), ms: Number(ms), records: await received() };
  };
  return {
    url,
    token,
    feed,
    effort,
    async busy(ms) {
      const before = await worked();
      await delay(ms);
      const after = await worked();
      const passed = after.at - before.at;
      return {
        percent: (100 * (after.ms - before.ms)) / passed,
        perSecond: (1000 * (after.records - before.records)) / passed,
      };
    },
    async caughtUp() {
      for (const end = performance.now() + CATCH_UP_MS; performance.now() < end; ) {
        if ((await received()) >= feed.sent) return;
        await delay(100);
      }
    },
  };
}

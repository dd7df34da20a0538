import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Level } from '../../../core/words.ts';
import { inProject } from '../../../scripts/project.ts';
import { loadCity } from '../../../simulator/load.ts';
import type { FeedSource } from '../../support/feedSource.ts';

/**
 * Lays rules for each gauge of water into a data folder, one a mark that the water rises over; the first takes the place of the product's.
 *
 * @param levels of the alarms at each mark, the lowest mark first
 * @returns the gauges
 */
export function writeRules(dataDir: string, levels: readonly Level[]): string[] {
  const rules = levels.map((level, i) => ({
    rule: i === 0 ? 'waterlogging' : `mark-${i}`,
    name: { zh: `水位${i + 1}`, en: `Water mark ${i + 1}` },
    sensor: { kind: 'water-level' },
    levels: [{ level, raise: i + 1, clear: i + 0.5 }],
  }));
  mkdirSync(join(dataDir, 'rules'), { recursive: true });
  writeFileSync(join(dataDir, 'rules', 'marks.yaml'), JSON.stringify({ rules })); // JSON is YAML.
  const { sensors } = loadCity(inProject('resources', 'city'));
  return sensors.filter(({ kind }) => kind === 'water-level').map(({ id }) => id);
}

type Say = (sensor: string, value: number) => void;

/** Values with the time at which they are said. */
export function saying(feed: FeedSource, start: number): Say {
  let last = start;
  return (sensor, value) => {
    const now = Math.max(Date.now(), last + 1);
    feed.say(sensor, value, now - last);
    last = now;
  };
}

/** The water rises: each step brings one gauge over one more mark, which is one more alarm. */
export function riseOf(say: Say, gauges: readonly string[]) {
  let steps = 0;
  const step = () => {
    say(gauges[steps % gauges.length] ?? '', Math.floor(steps / gauges.length) + 1.2);
    steps++;
  };
  return {
    by(n: number): void {
      for (let i = 0; i < n; i++) step();
    },
    async over(n: number, ms: number): Promise<void> {
      const began = performance.now();
      for (let i = 1; i <= n; i++) {
        await delay(Math.max(0, began + (i * ms) / n - performance.now()));
        step();
      }
    },
  };
}

import type { AlarmView } from '../../../contract/features/alarms.ts';
import { type FeedSource, openFeedSource } from '../../support/feedSource.ts';
import { type HallProcess, startHall } from '../../support/hallProcess.ts';
import { PATIENCE_MS } from '../../support/patience.ts';
import { until } from '../../support/until.ts';
import { openWindow, type Window } from '../../support/window.ts';

/** A hall whose gauges the test holds, and the water that stands in the underpass. */
export interface Flooded {
  readonly hall: HallProcess;
  readonly source: FeedSource;
  /** A window of the seat that acts without a page. */
  readonly window: Window;
  /** Of level II. */
  readonly alarm: AlarmView;
}

/** Starts a hall and raises the alarm, at once: the drill's rain takes a quarter of a minute for it. Close window, hall and source after use. */
export async function startFlooded(options: {
  dataDir: string;
  seat: string;
  args?: readonly string[];
}): Promise<Flooded> {
  const { dataDir, seat, args = [] } = options;
  // Behind the clock by what a test may say, so that nothing of it is from the future.
  const source = await openFeedSource(Date.now() - 600_000);
  const hall = await startHall({ dataDir, args, env: { OPSHALL_CITY_FEED: source.url } });
  const window = await openWindow(hall, seat);
  await until(() => source.listeners > 0, { what: 'the feed', within: PATIENCE_MS });
  source.hold('WL-001', 0.61);
  const alarm = await until(() => window.items('alarms').find((it) => it.source.id === 'WL-001' && it.level === 2), {
    ...{ what: 'the level II alarm', within: PATIENCE_MS },
  });
  return { hall, source, window, alarm };
}

/** Opens the alarm's incident and launches the flood plan for it. */
export async function launchFloodPlan({
  window,
  alarm,
}: Pick<Flooded, 'window' | 'alarm'>): Promise<{ incident: string; run: string }> {
  const { incident } = await window.call('incidents.open', { alarm: alarm.id });
  const { plans } = await window.call('plans.offer', { incident });
  const version = plans.find(({ id }) => id === 'urban-flooding')?.version ?? 0;
  const { run } = await window.call('runs.launch', { incident, plan: 'urban-flooding', version });
  return { incident, run };
}

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Logger } from 'pino';
import type { StationView } from '../../contract/schema/station.ts';
import { DrillScript } from '../../core/drills/script.ts';
import type { NativeFfmpeg } from '../../native/ffmpeg/index.ts';
import type { HallCity } from '../city/hallCity.ts';
import type { Clock } from '../clock.ts';
import { readYaml } from '../config/readYaml.ts';
import { renderDrillScenes } from '../drill-city/cameras/renderScenes.ts';
import { createDrillCameraServer } from '../drill-city/cameras/server.ts';
import { createDrillCity } from '../drill-city/drillCity.ts';
import { type FeedConfig, readFeedConfig } from '../feeds/registry.ts';
import type { StreamSource } from '../video/ffmpeg.ts';

/** The drill city as the hall meets it: a feed to connect to, cameras with addresses, a drill to begin. */
export interface DrillProfile {
  feed: FeedConfig;
  camera(id: string): StreamSource | undefined;
  setGone(camera: string, gone: boolean): void;
  /** True while what the cameras show is still being painted. */
  preparing(): boolean;
  /** Absent where another hall's city is used: it begins there. */
  start: (() => void) | undefined;
  view(): StationView['drill'];
  onChange(listener: () => void): void;
  close(): Promise<void>;
}

/**
 * Opens the drill city. Everything it tells the hall goes over real sockets on loopback, as from any city.
 *
 * @param options.startAfter begins the drill by itself after so many seconds; without it, when asked.
 * @throws ConfigError when the script or the feed's configuration is wrong.
 */
export async function openDrillProfile(options: {
  city: HallCity;
  clock: Clock;
  log: Logger;
  resources: string;
  script: string;
  dataDir: string;
  ffmpeg: NativeFfmpeg;
  startAfter?: number | undefined;
  /** Another hall's drill city, whose telemetry is taken instead of an own one's. */
  cityFeed?: string | undefined;
}): Promise<DrillProfile> {
  const { city, clock, log, resources, dataDir, ffmpeg } = options;
  const script = readYaml(basename(options.script), readFileSync(options.script, 'utf8'), DrillScript);
  const drillCity =
    options.cityFeed === undefined
      ? await createDrillCity({
          city,
          clock,
          seed: script.seed,
          script,
          ...(options.startAfter === undefined ? {} : { startAfter: options.startAfter }),
        })
      : null;
  const url = options.cityFeed ?? drillCity?.url ?? '';
  const feedFile = join(resources, 'feeds', 'drill-city.yaml');
  const feed = readFeedConfig(feedFile, readFileSync(feedFile, 'utf8'), { 'drill.url': url });
  const cameras = await createDrillCameraServer({
    clock,
    log,
    dataDir,
    ffmpeg,
    cameras: city.cameras.map(({ id, zh, scene }) => ({ id, name: zh, scene })),
  });

  const listeners: (() => void)[] = [];
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const painting = new AbortController();
  let preparing = true;
  const painted = renderDrillScenes({ dataDir, ffmpeg: ffmpeg.binary, log, signal: painting.signal }).finally(() => {
    preparing = false;
    changed();
  });
  drillCity?.onState(changed);

  return {
    feed,
    camera: (id) => ({ url: cameras.url(id) }),
    setGone: (camera, gone) => cameras.setGone(camera, gone),
    preparing: () => preparing,
    start: drillCity ? () => drillCity.start() : undefined,
    view: () => (drillCity ? { name: script.name, ...drillCity.state() } : null),
    onChange: (listener) => void listeners.push(listener),
    async close() {
      painting.abort();
      await Promise.allSettled([painted, cameras.close(), drillCity?.close()]);
    },
  };
}

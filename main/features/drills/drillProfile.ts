import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { StationView } from '../../../contract/features/station.ts';
import { DrillScript } from '../../../core/drills/script.ts';
import type { NativeFfmpeg } from '../../../native/ffmpeg/index.ts';
import type { MadeCity } from '../../city/hallCity.ts';
import type { Clock } from '../../clock.ts';
import { type BadFile, readFile } from '../../config/catalogue.ts';
import { renderDrillScenes } from '../../drill-city/cameras/renderScenes.ts';
import { createDrillCameraServer } from '../../drill-city/cameras/server.ts';
import { createDrillCity } from '../../drill-city/drillCity.ts';
import { type FeedConfig, readFeedConfig } from '../../feeds/registry.ts';
import { urlFault } from '../../feeds/ws-json/config.ts';
import { BadOption } from '../../options.ts';
import type { Rejects } from '../../rejects/rejects.ts';
import type { StreamSource } from '../../video/ffmpeg.ts';

/** The drill city as the hall meets it: a feed to connect to, cameras with addresses, a drill to begin. */
export interface DrillProfile {
  feed: FeedConfig;
  /** The address of the feed, with its token. */
  feedUrl: string;
  camera(id: string): StreamSource | undefined;
  setGone(camera: string, gone: boolean): void;
  /** Absent where there is no script to play, or another hall's city is used: it begins there. */
  start: (() => void) | undefined;
  /** The script, where it could not be used: the city lives on without a drill. */
  bad: BadFile | null;
  /** Another city was asked for by a variable that holds nothing: the own one is run instead. */
  emptyCityFeed: boolean;
  view(): StationView['drill'];
  onChange(listener: () => void): void;
  close(): Promise<void>;
}

/** Seed of a city that has no drill to play. */
const ORDINARY_DAY = 1;

/**
 * Opens the drill city. Everything it tells the hall goes over real sockets on loopback, as from any city.
 *
 * @param options.startAfter begins the drill by itself after so many seconds; without it, when asked.
 * @throws BadOption when `cityFeed` is no address; ConfigError when the product's own configuration of the feed is wrong.
 */
export async function openDrillProfile(options: {
  city: MadeCity;
  clock: Clock;
  log: Logger;
  resources: string;
  script: string;
  dataDir: string;
  ffmpeg: NativeFfmpeg;
  rejects: Rejects;
  startAfter?: number | undefined;
  /** People play it, not a script: the weather gives them the time the drill's script allows for that. */
  byHand: boolean;
  /** Another hall's drill city, whose telemetry is taken instead of an own one's. */
  cityFeed?: string | undefined;
  /** Hears what the script tells the seats. */
  onInject(inject: DrillScript['injects'][number]): void;
}): Promise<DrillProfile> {
  const { city, clock, log, resources, dataDir, ffmpeg, rejects } = options;
  const cityFeed = options.cityFeed?.trim() || undefined;
  const fault = cityFeed === undefined ? null : urlFault(cityFeed);
  if (fault !== null)
    throw new BadOption(
      `OPSHALL_CITY_FEED ${fault.message.en}. ${fault.remedy.en}`,
      '环境变量 OPSHALL_CITY_FEED 不是可用的地址，应形如 ws://127.0.0.1:18790/telemetry；不需要时请不要设置。',
    );
  const read = readFile(options.script, DrillScript, rejects);
  const script = 'item' in read ? read.item : null;
  const drillCity =
    cityFeed === undefined
      ? await createDrillCity({
          city,
          clock,
          onInject: options.onInject,
          seed: script?.seed ?? ORDINARY_DAY,
          script,
          ...(options.startAfter === undefined ? {} : { startAfter: options.startAfter }),
          ...(options.byHand && script?.handsOn ? { hold: script.handsOn } : {}),
        })
      : null;
  const url = cityFeed ?? drillCity?.url ?? '';
  const feedFile = join(resources, 'feeds', 'drill-city.yaml');
  const feed = readFeedConfig(feedFile, readFileSync(feedFile, 'utf8'), { 'drill.url': url });
  const cameras = await createDrillCameraServer({
    clock,
    log,
    dataDir,
    ffmpeg,
    cameras: city.cameras.map(({ id, zh, scene }) => ({ id, name: zh, scene })),
  });

  const known = new Set(city.cameras.map(({ id }) => id));
  const listeners: (() => void)[] = [];
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const painting = new AbortController();
  const painted = renderDrillScenes({ dataDir, ffmpeg: ffmpeg.binary, log, signal: painting.signal });
  drillCity?.onState(changed);

  return {
    feed,
    feedUrl: url,
    camera: (id) => (known.has(id) ? { url: cameras.url(id) } : undefined),
    setGone: (camera, gone) => cameras.setGone(camera, gone),
    start: drillCity && script ? () => drillCity.start() : undefined,
    bad: 'bad' in read ? read.bad : null,
    emptyCityFeed: options.cityFeed !== undefined && cityFeed === undefined,
    view: () => (drillCity && script ? { name: script.name, ...drillCity.state() } : null),
    onChange: (listener) => void listeners.push(listener),
    async close() {
      painting.abort();
      await Promise.allSettled([painted, cameras.close(), drillCity?.close()]);
    },
  };
}

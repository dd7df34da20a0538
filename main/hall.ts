import { join } from 'node:path';
import { LIVE } from '../contract/features/worlds.ts';
import { contract } from '../contract/index.ts';
import type { ContractServer } from '../contract/wire/served.ts';
import { createHttpServer } from './api/http/server.ts';
import { createStartPage } from './api/http/startPage.ts';
import { basemapFolder } from './basemap/archive/basemap.ts';
import { FEATURES } from './features/index.ts';
import type { HallOptions } from './hallOptions.ts';
import { closeAll } from './kernel/closers.ts';
import { healthOf } from './kernel/health.ts';
import { openWorld } from './kernel/openWorld.ts';
import { openPremises } from './kernel/premises.ts';
import { createWorlds } from './kernel/worlds.ts';

/** A running hall. */
export interface Hall {
  /** Loopback address of its pages. */
  url: string;
  /** The door of every window: it leads into the world that the window names. */
  contract: ContractServer;
  close(): Promise<void>;
}

/**
 * The composition root: opens the live world, serves it, opens drills beside it when asked, closes in reverse. It knows no feature but by
 * the one list. Two halls can live in one process.
 *
 * @throws FolderInUse, WrongStation, NewerFile of the ledger; Error when the port is taken.
 */
export async function createHall(options: HallOptions): Promise<Hall> {
  const { version, clock, log, newId, dataDir } = options;
  const closers: (() => unknown)[] = [];
  try {
    const features = { contract, features: FEATURES };
    const worlds = createWorlds({
      ...{ dataDir, clock, log, newId },
      async openDrill(world, at) {
        const drill = await openWorld({
          ...features,
          ...{ world, premises, elsewhere: () => null },
          hall: {
            ...options,
            ...at,
            ...{ drill: at.script, drillByHand: true, drillAfter: undefined },
            ...{ dial: undefined, cityFeed: undefined, onStarting: undefined },
          },
        });
        drill.kernel.feeds.begin();
        return drill;
      },
    });
    const premises = await openPremises(options, worlds);
    const startPage = createStartPage(options.listen, clock);
    const onStarting = (percent: number) => {
      startPage.told(percent);
      options.onStarting?.(percent);
    };
    closers.push(() => startPage.over());
    const live = await openWorld({
      ...features,
      ...{ hall: { ...options, onStarting }, premises, elsewhere: worlds.serverOf },
      world: { id: LIVE, kind: 'live', name: null, since: clock.now() },
    });
    closers.push(() => live.close());
    closers.push(() => worlds.close());
    const { contract: door, kernel } = live;
    const http = await createHttpServer({
      ...(await startPage.over()),
      ...{
        token: options.token,
        integrationToken: options.integrationToken,
        version,
        staticDir: options.pages,
        cityDir: join(options.resources, 'city'),
        mapDir: basemapFolder(dataDir),
      },
      ...{ contract: door, clock, log, healthz: () => healthOf(kernel) },
      receiver: kernel.feeds.receiver,
      extraUpgrade: (request, socket, head) => kernel.sync.handleUpgrade(request, socket, head),
    });
    closers.push(() => http.close());
    kernel.feeds.begin();
    return { url: http.url.replace(/\/$/, ''), contract: door, close: () => closeAll(closers, log) };
  } catch (error) {
    await closeAll(closers, log);
    throw error;
  }
}

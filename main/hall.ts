import { join } from 'node:path';
import type { Logger } from 'pino';
import { contract } from '../contract/index.ts';
import type { BulkSources, ContractServer, Handlers } from '../contract/wire/served.ts';
import { createContractServer } from '../contract/wire/server.ts';
import { principalOf, type Via } from '../core/people/principal.ts';
import { createHttpServer } from './api/http/server.ts';
import { FEATURES } from './features/index.ts';
import type { HallOptions } from './hallOptions.ts';
import { createAudit } from './kernel/audit.ts';
import { healthOf } from './kernel/health.ts';
import type { Kernel } from './kernel/kernel.ts';
import { openKernel } from './kernel/openKernel.ts';
import { type Answerers, createLiveQueries } from './wire/liveQueries.ts';

/** A running hall. */
export interface Hall {
  /** Loopback address of its pages. */
  url: string;
  contract: ContractServer;
  close(): Promise<void>;
}

/**
 * The composition root: opens the kernel, starts the features in order, serves them, closes in reverse. It knows no feature but by the one
 * list. Two halls can live in one process.
 *
 * @throws FolderInUse, WrongStation, NewerFile of the ledger; Error when the port is taken.
 */
export async function createHall(options: HallOptions): Promise<Hall> {
  const { station, profile, version, clock, log } = options;
  const closers: (() => unknown)[] = [];
  try {
    let served: ContractServer | null = null;
    const [handlers, answerers, bulk] = [{}, {}, {}];
    const queries = createLiveQueries({ clock, answerers: answerers as Answerers });
    const kernel = await openKernel(options, { queries, windows: windowsOf(() => served) }, closers);
    for (const feature of FEATURES) {
      const started = await feature.start(kernel);
      closers.push(() => started.close());
      Object.assign(handlers, started.handlers);
      Object.assign(answerers, started.queries);
      Object.assign(bulk, started.streams);
    }
    closers.push(() => queries.close());
    const audit = createAudit({ ledger: kernel.ledger, clock, log });
    closers.push(() => audit.close());
    const server = createContractServer({
      contract,
      // Each feature's handlers are those of its contract; main/features/features.test.ts has them all.
      handlers: handlers as Handlers,
      bulk: bulk as BulkSources,
      queries,
      ...{ topics: kernel.topics, clock, log, welcome: { station, run: options.newId(), version, profile } },
      onForbidden: ({ seat, client, via }, what, why) => audit.refused({ seat, client, via, what, why }),
      admit: (seat: string, via: Via) => principalOf({ seat, station, via }),
    });
    served = server;
    closers.push(() => server.close());
    const http = await createHttpServer({
      ...options.listen,
      ...{
        token: options.token,
        integrationToken: options.integrationToken,
        version,
        staticDir: options.pages,
        cityDir: join(options.resources, 'city'),
      },
      ...{ contract: server, clock, log, healthz: () => healthOf(kernel) },
      extraUpgrade: (request, socket, head) => kernel.sync.handleUpgrade(request, socket, head),
    });
    closers.push(() => http.close());
    return { url: http.url.replace(/\/$/, ''), contract: server, close: () => closeAll(closers, log) };
  } catch (error) {
    await closeAll(closers, log);
    throw error;
  }
}

/** The windows as features see them: none while the hall starts. */
function windowsOf(served: () => ContractServer | null): Kernel['windows'] {
  return {
    callers: () => served()?.callers() ?? [],
    rejects: () => served()?.rejects() ?? [],
    refused: () => served()?.stats().rejected ?? 0,
  };
}

/** Last opened, first closed; one that fails does not keep the others open. */
async function closeAll(closers: (() => unknown)[], log: Logger): Promise<void> {
  for (const close of closers.splice(0).reverse()) {
    try {
      await close();
    } catch (error) {
      log.error({ err: error }, 'a service did not close cleanly');
    }
  }
}

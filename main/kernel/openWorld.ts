import type { Contract } from '../../contract/define.ts';
import type { World } from '../../contract/features/worlds.ts';
import type { BulkSources, ContractServer, Handlers } from '../../contract/wire/served.ts';
import { createContractServer } from '../../contract/wire/server.ts';
import { principalOf, type Via } from '../../core/people/principal.ts';
import type { HallOptions } from '../hallOptions.ts';
import { type Answerers, createLiveQueries } from '../wire/liveQueries.ts';
import { closeAll } from './closers.ts';
import type { Feature } from './feature.ts';
import type { Kernel } from './kernel.ts';
import { openKernel } from './openKernel.ts';
import type { Premises } from './premises.ts';

/**
 * A world that is open: the features of the hall on a kernel of its own, and a server for the windows that are in it. Two worlds share
 * nothing that anybody decided or any source said.
 */
interface OpenWorld extends World {
  readonly kernel: Kernel;
  readonly contract: ContractServer;
  /** Ends what it runs and puts its windows out. */
  close(): Promise<void>;
}

/**
 * Opens a world: its kernel, the features in order, the server of its windows.
 *
 * @param options.hall what it is opened with; folder and script are the world's
 * @param options.elsewhere another world, which a window that came here has named
 * @throws FolderInUse, WrongStation, NewerFile of the ledger
 */
export async function openWorld(options: {
  world: World;
  hall: HallOptions;
  premises: Premises;
  /** Of all features, joined. */
  contract: Contract;
  features: readonly Feature[];
  elsewhere(world: string): ContractServer | null;
}): Promise<OpenWorld> {
  const { world, hall, premises, features, elsewhere } = options;
  const { station, version, clock, log } = hall;
  const closers: (() => unknown)[] = [];
  try {
    let served: ContractServer | null = null;
    const [handlers, answerers, bulk] = [{}, {}, {}];
    const queries = createLiveQueries({ clock, answerers: answerers as Answerers });
    const { kernel, showing } = await openKernel({
      ...{ options: hall, world, premises, features, closers },
      served: { queries, windows: windowsOf(() => served) },
    });
    for (const feature of features) {
      const started = await feature.start(kernel, showing.of(feature));
      closers.push(() => started.close());
      Object.assign(handlers, started.handlers);
      Object.assign(answerers, started.queries);
      Object.assign(bulk, started.streams);
    }
    closers.push(() => queries.close());
    const server = createContractServer({
      contract: options.contract,
      // Each feature's handlers are those of its contract; main/features/features.test.ts has them all.
      handlers: handlers as Handlers,
      bulk: bulk as BulkSources,
      queries,
      ...{ topics: kernel.topics, clock, log },
      welcome: { station, run: hall.newId(), version, simulated: kernel.simulated, world },
      elsewhere,
      onForbidden: ({ seat, client, via }, what, why) => kernel.audit.refused({ seat, client, via, what, why }),
      admit: (seat: string, via: Via) => principalOf({ seat, station, via }),
    });
    served = server;
    closers.push(() => server.close());
    return { ...world, kernel, contract: server, close: () => closeAll(closers, log) };
  } catch (error) {
    await closeAll(closers, log);
    throw error;
  }
}

/** The windows as features see them: none while the world opens. */
function windowsOf(served: () => ContractServer | null): Kernel['windows'] {
  return {
    callers: () => served()?.callers() ?? [],
    rejects: () => served()?.rejects() ?? [],
    refused: () => served()?.stats().rejected ?? 0,
  };
}

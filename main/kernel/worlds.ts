import { join } from 'node:path';
import type { Logger } from 'pino';
import { ContractError } from '../../contract/errors.ts';
import { LIVE, type World, type WorldView } from '../../contract/features/worlds.ts';
import type { Text } from '../../contract/schema/basics.ts';
import type { ContractServer } from '../../contract/wire/served.ts';
import type { Clock } from '../clock.ts';
import { openDrillsFile } from './openDrills.ts';

/** Drills that are open at a time beside the live work: each has a city, a ledger and threads of its own. */
export const MOST_DRILLS = 2;

/** The folder of drills' ledgers within the hall's. */
const FOLDER = 'worlds';

/** A drill to be opened. */
export interface DrillOrder {
  readonly name: Text;
  /** Its script. */
  readonly file: string;
}

/** A drill that is open. */
interface OpenDrill {
  /** Serves its windows. */
  readonly contract: ContractServer;
  /** Ends what it runs and puts its windows out. */
  close(): Promise<void>;
}

/** The worlds of a hall. Drills come and go while it runs. */
export interface Worlds {
  /** The live one first, then drills in the order they came. */
  list(): readonly WorldView[];
  onChange(listener: () => void): () => void;
  /**
   * Opens a drill and answers its id once windows can join it.
   * @throws ContractError 'refused' when as many are open as may be; what keeps it from opening
   */
  open(order: DrillOrder): Promise<string>;
  /** Begins to end a drill; whoever asked is answered before. @throws ContractError 'not-found' */
  end(id: string): void;
  /** Forgets that a drill was interrupted. */
  dismiss(id: string): void;
  /** Serves the windows of a drill; null when none of that id is open. */
  serverOf(id: string): ContractServer | null;
  /** Closes every drill. What was open is said at the next start. */
  close(): Promise<void>;
}

export function createWorlds(options: {
  /** The hall's. */
  dataDir: string;
  clock: Clock;
  log: Logger;
  newId: () => string;
  /** Opens a drill in a folder of its own. */
  openDrill(world: World, at: { dataDir: string; script: string; log: Logger }): Promise<OpenDrill>;
}): Worlds {
  const { dataDir, clock, log, newId, openDrill } = options;
  const folder = join(dataDir, FOLDER);
  const live: WorldView = { id: LIVE, kind: 'live', name: null, since: clock.now(), state: 'open' };
  const drills = new Map<string, { view: WorldView; world: OpenDrill | null }>();
  const listeners = new Set<() => void>();
  /** What is being opened or closed. */
  const underWay = new Set<Promise<unknown>>();
  let closing = false;

  const file = openDrillsFile(folder, log);
  for (const { id, kind, name, since } of file.found) {
    if (kind === 'drill') drills.set(id, { view: { id, kind, name, since, state: 'interrupted' }, world: null });
  }

  const isGoing = ({ view }: { view: WorldView }) => view.state !== 'interrupted';
  const going = () => [...drills.values()].filter(isGoing).map(({ view: { state: _, ...world } }) => world);

  function changed(): void {
    for (const listener of [...listeners]) listener();
  }

  function become(id: string, state: WorldView['state'], world: OpenDrill | null): void {
    const known = drills.get(id);
    if (!known) return;
    drills.set(id, { view: { ...known.view, state }, world });
    changed();
  }

  function note(): void {
    try {
      file.write(going());
    } catch (error) {
      log.error({ err: error }, 'which drills are open could not be written');
    }
  }

  async function close(id: string, world: OpenDrill): Promise<void> {
    await world.close();
    drills.delete(id);
    log.info({ world: id }, 'the drill is ended');
    if (!closing) note();
    changed();
  }

  function track<T>(work: Promise<T>): Promise<T> {
    const settled: Promise<unknown> = work.then(
      () => underWay.delete(settled),
      () => underWay.delete(settled),
    );
    underWay.add(settled);
    return work;
  }

  async function open({ name, file: script }: DrillOrder): Promise<string> {
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    const place = `${day}-${newId()}`;
    const world: World = { id: `drill:${place}`, kind: 'drill', name, since: clock.now() };
    drills.set(world.id, { view: { ...world, state: 'opening' }, world: null });
    changed();
    try {
      file.write(going());
      const at = { dataDir: join(folder, place), script, log: log.child({ world: world.id }) };
      const opened = await openDrill(world, at);
      if (closing) await opened.close();
      else become(world.id, 'open', opened);
      return world.id;
    } catch (error) {
      drills.delete(world.id);
      changed();
      note();
      throw error;
    }
  }

  return {
    list: () => [live, ...[...drills.values()].map(({ view }) => view)],
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async open(order) {
      if (going().length >= MOST_DRILLS)
        throw new ContractError('refused', `${MOST_DRILLS} drills are open, as many as a hall bears; end one first`);
      return track(open(order));
    },
    end(id) {
      const known = drills.get(id);
      if (!known?.world || known.view.state !== 'open') throw new ContractError('not-found', `no drill ${id} is open`);
      const { world } = known;
      become(id, 'ending', world);
      // Whoever ends it is in it as a rule: the answer leaves before the window is put out.
      clock.setTimeout(() => void track(close(id, world)), 0);
    },
    dismiss(id) {
      if (drills.get(id)?.view.state !== 'interrupted') return;
      drills.delete(id);
      changed();
    },
    serverOf(id) {
      const known = drills.get(id);
      return known?.view.state === 'open' ? (known.world?.contract ?? null) : null;
    },
    async close() {
      closing = true;
      await Promise.all(underWay);
      await Promise.all([...drills.entries()].map(([id, { world }]) => world && close(id, world)));
    },
  };
}

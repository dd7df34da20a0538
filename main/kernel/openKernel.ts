import { join } from 'node:path';
import type { World } from '../../contract/features/worlds.ts';
import { createTopicCollections } from '../../contract/wire/collection.ts';
import { stamper } from '../../core/ledger/family.ts';
import { OPS } from '../../core/ledger/stream.ts';
import { isPlayed } from '../config/simulatorYaml.ts';
import { createDomain } from '../domain/domain.ts';
import { createFeeds } from '../feeds/feeds.ts';
import { RECORDINGS } from '../feeds/recording/config.ts';
import type { HallOptions } from '../hallOptions.ts';
import { createLedgerThreads } from '../ledger/ledgerTasks.ts';
import { openLedger } from '../ledger/openLedger.ts';
import { LEDGER_FILE } from '../ledger/recovery.ts';
import { drillRecordNotice } from '../notices/ledger.ts';
import { createNoticeBoard } from '../notices/noticeBoard.ts';
import { openQuarantine } from '../rejects/openQuarantine.ts';
import { createRejects } from '../rejects/rejects.ts';
import { simulate } from '../simulation/simulate.ts';
import { createSync } from '../sync/createSync.ts';
import { keptInstance } from '../sync/instance.ts';
import { openTelemetry } from '../telemetry/openTelemetry.ts';
import { keptToken } from '../token.ts';
import { createReaders } from '../wire/readers.ts';
import { createAudit } from './audit.ts';
import { createCameraSources } from './cameraSources.ts';
import { createDeadlines } from './deadlines.ts';
import { declaredBy, rehearsalOf, rehearsed, type ShowingOf, showingOf } from './declared.ts';
import type { Feature } from './feature.ts';
import { foldingIn } from './folding.ts';
import { readHallFolder } from './hallFolder.ts';
import type { Kernel } from './kernel.ts';
import { openViews, VIEWS_FILE } from './openViews.ts';
import type { Premises } from './premises.ts';
import { createStrip } from './strip.ts';

/** Threads that read views.db: while one is at something dear the other goes on. */
const READERS = 2;
/** What a list is answered while its file says nothing, or something of long ago. */
const NOT_READABLE =
  'lists are read from views.db, which cannot be used now: it is not written, or is being made anew (the notices say which); ask again later';

/**
 * Opens what every feature of a world stands on.
 *
 * @param given.features what they declare is opened; none is started
 * @param given.served what is served from it
 * @param given.closers is given what closes each part, in the order they were opened, also when the opening fails half-way
 * @throws FolderInUse, WrongStation, NewerFile of the ledger
 */
export async function openKernel(given: {
  options: HallOptions;
  world: World;
  premises: Premises;
  features: readonly Feature[];
  served: Pick<Kernel, 'queries' | 'windows'>;
  closers: (() => unknown)[];
}): Promise<{ kernel: Kernel; showing: ShowingOf }> {
  const { options, world, premises, features, served, closers } = given;
  const {
    token: _token,
    integrationToken: _integration,
    hubToken,
    dial,
    listen: _listen,
    pages: _pages,
    ...facts
  } = options;
  const { dataDir, station, clock, log, newId, resources } = options;
  const startedAt = clock.now();
  const topics = { ...createTopicCollections({ shown: true }), windows: premises.deskWindows };
  const failed = (error: unknown, what: string) =>
    log.error({ err: error, what }, 'a decision of the hall itself was not taken');

  const ledger = openLedger({
    ...{ dir: dataDir, station, clock, log, verifyAll: options.verifyAll },
    stamp: (draft) => stamp(draft), // Which stream it is to be is known once the file is read.
  });
  closers.push(() => ledger.close());
  const notices = createNoticeBoard();
  const quarantine = openQuarantine({ dataDir, clock, log, notices });
  closers.push(() => quarantine.close());
  const rejects = createRejects({ clock, keep: quarantine.keep });
  const { hallDir } = premises;
  const simulated = world.kind === 'drill' || isPlayed(hallDir);
  const simulation = simulated ? await simulate({ hall: options, hallDir, rejects, notices }) : null;
  closers.push(() => simulation?.close());
  const all = declaredBy(features);
  const record = world.kind === 'live' ? rehearsalOf(ledger.ownKeys()) : null;
  const rehearsal = world.kind === 'drill' ? world.id : record;
  const declared = rehearsal === null ? all : rehearsed(all, rehearsal);
  const stamp = stamper(declared.families);
  if (record !== null) notices.raise(drillRecordNotice(record, startedAt));
  const views = await openViews({
    ...{ dataDir, ledger, declared, version: options.version, clock, log, notices },
    folding: foldingIn({ file: join(dataDir, LEDGER_FILE), version: options.version, rehearsal }),
    onStarting: options.onStarting,
  });
  closers.push(() => views.close());
  views.onChange((changed) => served.queries.changed(changed.keys()));
  const readers = createReaders({
    ...{ file: join(dataDir, VIEWS_FILE), clock, threads: READERS },
    refuses: () => (views.readable() ? null : NOT_READABLE),
  });
  closers.push(() => readers.close());
  const domain = createDomain({ ledger, views, kinds: declared.kinds });
  const showing = showingOf(features, { clock, ledger, topics, domain });
  domain.begin(showing.shows);
  domain.onChange((subjects) => served.queries.changed(subjects));

  const {
    identity,
    city,
    files,
    basemap,
    ownMap,
    notices: ofFiles,
  } = readHallFolder({
    ...{ resources, hallDir, simulated: simulation?.folder, rejects, now: startedAt },
    pictures: world.kind === 'live', // A drill has nothing to do with the city's real cameras.
  });
  for (const notice of ofFiles) notices.raise(notice);

  const audit = createAudit({ ledger, clock, log });
  closers.push(() => audit.close());
  const telemetry = openTelemetry({ dataDir, clock, log, city, notices, ledger });
  closers.push(() => telemetry.close());
  const feeds = createFeeds({
    ...{ clock, log, directory: telemetry.directory, rejects, sinkOf: telemetry.sinkOf },
    secret: () => keptToken(dataDir, 'feeds-key'),
    held: true,
    recordings: join(premises.hallDir, RECORDINGS),
  });
  closers.push(() => feeds.stop());
  const sync = createSync({
    ...{ ledger, clock, log, station, hub: { token: hubToken }, ...(dial ? { dial } : {}) },
    self: { instance: keptInstance(dataDir, log), run: newId() },
    streams: options.streams,
    peersFile: join(dataDir, 'peers.json'),
  });
  closers.push(() => sync.close());

  const kernel: Kernel = {
    ...facts,
    ...premises,
    ...served,
    ...identity,
    ...{
      world,
      startedAt,
      stream: rehearsal ?? OPS,
      city,
      simulated,
      simulation,
      basemap,
      ownMap,
      files,
      ledger,
      audit,
      ledgerThreads: createLedgerThreads({ dir: dataDir, ledger, clock }),
      views,
      readers,
      domain,
      telemetry,
      feeds,
      sync,
    },
    ...{ topics, notices, rejects, quarantine, failed },
    deadlines: createDeadlines({ clock, onError: failed }),
    cameraSources: createCameraSources(),
    strip: createStrip(),
  };
  return { kernel, showing };
}

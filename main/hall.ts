import { join } from 'node:path';
import type { Logger } from 'pino';
import type { StationView } from '../contract/features/station.ts';
import { createTopicCollections } from '../contract/wire/collection.ts';
import type { BulkSources, ContractServer, Handlers } from '../contract/wire/served.ts';
import { createContractServer } from '../contract/wire/server.ts';
import { principalOf, type Via } from '../core/people/principal.ts';
import { createFfmpeg } from '../native/ffmpeg/index.ts';
import { openTelemetryJournal } from '../native/sqlite/telemetryJournal.ts';
import { createShelving } from './alarms/shelving.ts';
import { createHttpServer } from './api/http/server.ts';
import { loadHallCity } from './city/hallCity.ts';
import { type Clock, every, systemZone } from './clock.ts';
import { readHallFiles } from './config/hallFiles.ts';
import { createDigest } from './domain/digest.ts';
import { createDomain } from './domain/domain.ts';
import { alarmHandlers } from './features/alarms/handlers.ts';
import { createRuleWatch } from './features/alarms/ruleWatch.ts';
import { followSensorLevels } from './features/alarms/sensorLevels.ts';
import { cameraHandlers, cameraHealthView, videoSource } from './features/cameras/handlers.ts';
import { conflictHandlers } from './features/conflicts/handlers.ts';
import { type DrillProfile, openDrillProfile } from './features/drills/drillProfile.ts';
import { drillHandlers } from './features/drills/handlers.ts';
import { incidentHandlers } from './features/incidents/handlers.ts';
import { ledgerHandlers } from './features/ledger/handlers.ts';
import { runHandlers } from './features/plans/handlers.ts';
import { everyReject } from './features/rejects/everyReject.ts';
import { rejectQueries } from './features/rejects/queries.ts';
import { seatHandlers } from './features/seats/handlers.ts';
import { observationsSource, sensorHandlers } from './features/sensors/handlers.ts';
import { lastOwnAt, watchClock } from './features/station/clockWatch.ts';
import { showFeedClocks } from './features/station/feedNotices.ts';
import { tellForeign } from './features/station/foreign.ts';
import { tellLeftOut } from './features/station/leftOut.ts';
import { stationView } from './features/station/stationView.ts';
import { linkHandlers } from './features/sync/handlers.ts';
import { unitHandlers, unitsSource } from './features/units/handlers.ts';
import { wallHandlers } from './features/walls/handlers.ts';
import { windowHandlers } from './features/windows/handlers.ts';
import { createFeeds } from './feeds/feeds.ts';
import { diskTroubleOf } from './files/trouble.ts';
import { createDeadlines } from './kernel/deadlines.ts';
import { looksRefusing, watchDisk } from './ledger/diskWatch.ts';
import { openLedger } from './ledger/openLedger.ts';
import { sha256 } from './ledger/sha256.ts';
import { verifyDaily } from './ledger/verification.ts';
import { createNoticeBoard } from './notices/noticeBoard.ts';
import {
  badFileNotices,
  emptyCityFeedNotice,
  namedFfmpegNotice,
  tornJournalNotice,
  unwritableJournalNotice,
} from './notices/notices.ts';
import { createReadiness } from './plans/readiness.ts';
import { startTimekeeper } from './plans/timekeeper.ts';
import { createRejects } from './rejects/rejects.ts';
import { createSync } from './sync/createSync.ts';
import { keptInstance } from './sync/instance.ts';
import { createTelemetry } from './telemetry/telemetry.ts';
import { createVideoService } from './video/service.ts';
import { createLiveQueries } from './wire/liveQueries.ts';

/** What a hall is started with. */
export interface HallOptions {
  /** Folder of everything that is kept; one hall at a time. */
  dataDir: string;
  /** This station's name, the same at every start. */
  station: string;
  profile: StationView['profile'];
  version: string;
  clock: Clock;
  log: Logger;
  /** 0 ≤ r < 1. */
  random: () => number;
  newId: () => string;
  /** The product's resources folder. */
  resources: string;
  /** The built pages. */
  pages: string;
  /** Address and port to listen on; port 0 lets the system choose. */
  listen: { host: string; port: number };
  /** What a window must show. */
  token: string;
  /** What a station that joins must show, at the hub of this hall. */
  hubToken: string;
  /** The hub to join, for a station that is not the hub itself. */
  dial?: { url: string; token: string } | undefined;
  /** Drill profile only: the drill script to play. */
  drill: string;
  /** Drill profile only: people play it, at their pace. */
  drillByHand: boolean;
  /** Drill profile only: begins the drill by itself after so many seconds. */
  drillAfter?: number | undefined;
  /** Verifies the whole ledger before it starts. */
  verifyAll?: boolean | undefined;
  /** Drill profile only: another hall's drill city to take the telemetry from, instead of running one. */
  cityFeed?: string | undefined;
  /** The ffmpeg that somebody named (FFMPEG_PATH), which a notice speaks of when it does not run. */
  ffmpegPath?: string | undefined;
}

/** A running hall. */
export interface Hall {
  /** Loopback address of its pages. */
  url: string;
  contract: ContractServer;
  /** Where its drill city can be reached by another station's feed; null where there is none. */
  cityFeed: string | null;
  close(): Promise<void>;
}

/**
 * The composition root: the only place that wires services. Two halls can live in one process.
 *
 * @throws FolderInUse, WrongStation, NewerFile of the ledger; Error when the port is taken.
 */
export async function createHall(options: HallOptions): Promise<Hall> {
  const { dataDir, station, profile, clock, log, random, newId, resources } = options;
  const startedAt = clock.now();
  const closers: (() => unknown)[] = [];
  const topics = createTopicCollections({ shown: true });
  const rejects = createRejects({ clock });
  const failed = (error: unknown, what: string) =>
    log.error({ err: error, what }, 'a decision of the hall itself was not taken');

  const ledger = openLedger({ dir: dataDir, station, clock, log, verifyAll: options.verifyAll });
  closers.push(() => ledger.close());
  try {
    const deadlines = createDeadlines({ clock, onError: failed });
    const readiness = createReadiness(clock);
    const shelving = createShelving(clock, () => ledger.ownChains());
    const domain = createDomain(ledger, topics, readiness, shelving);
    const { city, notices: cityNotices } = loadHallCity(join(resources, 'city'), profile, startedAt);
    const notices = createNoticeBoard();
    const files = readHallFiles({ resources, dataDir, known: city, rejects, since: startedAt });
    const { rules, plans } = files;
    for (const notice of [...files.notices, ...cityNotices]) notices.raise(notice);

    closers.push(watchClock({ clock, notices, lastOwn: lastOwnAt(ledger) }));
    closers.push(tellLeftOut(topics, notices, clock), tellForeign(domain, notices, clock));
    const journal = openTelemetryJournal({
      file: join(dataDir, 'telemetry.db'),
      now: () => clock.now(),
      onFault({ kind, cause, message, setAside }) {
        log.error({ err: cause, setAside }, message);
        if (kind === 'torn') notices.raise(tornJournalNotice(setAside, clock.now()));
        else {
          notices.raise(unwritableJournalNotice(diskTroubleOf(cause), clock.now()));
          ledger.tryDisk(); // The same disk: whether decisions are recorded must not wait for the next one.
        }
      },
      onMended: () => notices.clear('telemetry:unwritable'),
    });
    const telemetry = createTelemetry({ clock, log, city, journal, rejects });
    closers.push(() => telemetry.close());
    const feeds = createFeeds({ clock, log, directory: telemetry.directory, rejects, sinkOf: telemetry.sinkOf });

    const ffmpeg = await createFfmpeg();
    if (options.ffmpegPath && ffmpeg.binary?.from !== 'FFMPEG_PATH') {
      notices.raise(namedFfmpegNotice(options.ffmpegPath, ffmpeg.binary?.path ?? null, startedAt));
    }
    let drill: DrillProfile | null = null;
    if (profile === 'drill' && city.units.length > 0) {
      drill = await openDrillProfile({
        city,
        clock,
        log,
        resources,
        script: options.drill,
        dataDir,
        ffmpeg,
        rejects,
        startAfter: options.drillAfter,
        byHand: options.drillByHand,
        cityFeed: options.cityFeed,
      });
      closers.push(drill.close);
      if (drill.bad) for (const notice of badFileNotices([drill.bad], startedAt)) notices.raise(notice);
      if (drill.emptyCityFeed) notices.raise(emptyCityFeedNotice(startedAt));
      feeds.add(drill.feed);
    }
    closers.push(() => feeds.stop()); // Before the drill city: a source that the hall itself closes is no fault of the feed.
    const video = createVideoService({
      ffmpeg,
      clock,
      log,
      random,
      cameras: { source: (id) => drill?.camera(id) },
    });
    closers.push(() => video.close());
    const sync = createSync({
      ledger,
      clock,
      log,
      station,
      self: { instance: keptInstance(dataDir, log), run: newId() },
      peersFile: join(dataDir, 'peers.json'),
      hub: { token: options.hubToken },
      ...(options.dial ? { dial: options.dial } : {}),
    });
    closers.push(() => sync.close());

    const sensors = new Map(city.sensors.map((s) => [s.id, { ...s, name: s.place }]));
    const ruleWatch = createRuleWatch({ rules, sensor: (id) => sensors.get(id), station, domain, onError: failed });
    for (const id of sensors.keys()) telemetry.onSensor(id, (said) => ruleWatch.observe(id, said));
    followSensorLevels(domain, (sensor, level) => {
      if (sensors.has(sensor)) telemetry.setLevel(sensor, level);
    });
    const ownChains = () => ledger.ownChains();
    closers.push(startTimekeeper({ domain, readiness, shelving, deadlines, clock, ownChains, onError: failed }));

    video.onHealth((health) => topics.cameras.set(health.cameraId, cameraHealthView(health)));

    const cameraIds = new Set(city.cameras.map(({ id }) => id));
    const isCamera = (id: string) => cameraIds.has(id);
    const ruleTypes = new Map(rules.map((rule) => [rule.rule, rule.incident]));
    const handlers: Handlers = {
      ...alarmHandlers({ domain }),
      ...incidentHandlers({ domain, newId, incidentTypeOf: (rule) => ruleTypes.get(rule) ?? 'other' }),
      ...runHandlers({ domain, ledger, clock, station, zone: systemZone(), newId, plans: () => plans }),
      ...conflictHandlers({ domain }),
      ...cameraHandlers({ cameras: city.cameras, setGone: drill?.setGone }),
      ...unitHandlers({ telemetry }),
      ...sensorHandlers({ telemetry }),
      ...seatHandlers({ seats: topics.seats, clock, isCamera, connected: () => contract.callers() }),
      ...wallHandlers({ domain }),
      ...windowHandlers({ windows: topics.windows }),
      ...linkHandlers({ sync }),
      ...drillHandlers({ start: drill?.start }),
      ...ledgerHandlers({
        ledger,
        digest: createDigest({ clock, ledger, domain, sha256, turn: () => new Promise((next) => setImmediate(next)) }),
      }),
    };
    const everyRefusal = () =>
      everyReject({ feeds: rejects.list(), peers: sync.rejects(), windows: contract.rejects() });
    const queries = createLiveQueries({ clock, answerers: rejectQueries(everyRefusal) });
    closers.push(() => queries.close());
    const bulk: BulkSources = {
      units: unitsSource(telemetry),
      observations: observationsSource(telemetry),
      video: videoSource(video, isCamera),
    };
    const admit = (seat: string, via: Via) => principalOf({ seat, station, via });
    const welcome = { station, version: options.version, profile };
    const contract = createContractServer({ handlers, topics, bulk, queries, welcome, clock, log, admit });
    closers.push(() => contract.close());

    let shownRejects = 0;
    const publishStation = () => {
      const refused = rejects.total() + sync.rejected + contract.stats().rejected;
      if (refused !== shownRejects) queries.changed(['rejects']);
      shownRejects = refused;
      topics.station.set(
        'it',
        stationView({
          station,
          profile,
          version: options.version,
          startedAt,
          ledger,
          sync,
          feeds: feeds.health(),
          drill: drill?.view() ?? null,
          ffmpeg: ffmpeg.binary ? { path: ffmpeg.binary.path, version: ffmpeg.binary.version } : null,
          rejects: refused,
          notices: notices.list(),
        }),
      );
    };
    const showClocks = () => showFeedClocks(notices, feeds.health(), telemetry.aheadThings, clock.now());
    publishStation();
    notices.onChange(publishStation);
    sync.onChange(publishStation);
    feeds.onState(publishStation);
    drill?.onChange(publishStation);
    closers.push(every(clock, 1000, showClocks));
    closers.push(every(clock, 1000, publishStation));
    closers.push(ledger.listen({ changed: publishStation }));
    closers.push(watchDisk({ ledger, clock, looksBad: () => looksRefusing(dataDir) }));
    closers.push(verifyDaily({ ledger, clock, log }));

    const http = await createHttpServer({
      ...options.listen,
      token: options.token,
      staticDir: options.pages,
      cityDir: join(resources, 'city'),
      contract,
      clock,
      log,
      healthz: () => {
        const { events, digest, recovery, notRecording, verification } = ledger.status();
        return {
          status: notRecording ? 'not-recording' : recovery ? 'recovery' : 'ok',
          station,
          profile,
          version: options.version,
          ledger: {
            ...{ events, head: digest, recovery: recovery !== null },
            recording: notRecording === null,
            unwritten: notRecording?.unwritten ?? 0,
            damaged: (verification.last?.faults.length ?? 0) > 0,
          },
          feeds: feeds
            .health()
            .map(({ id, state, received, rejected, dropped }) => ({ id, state, received, rejected, dropped })),
          peers: sync.status().peers.map((peer) => ({ station: peer.station, state: peer.state, behind: peer.behind })),
        };
      },
      extraUpgrade: (request, socket, head) => sync.handleUpgrade(request, socket, head),
    });
    closers.push(() => http.close());

    return {
      url: http.url.replace(/\/$/, ''),
      contract,
      cityFeed: drill?.feed.url ?? null,
      close: () => closeAll(closers, log),
    };
  } catch (error) {
    await closeAll(closers, log);
    throw error;
  }
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

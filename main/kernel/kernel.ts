import type { World } from '../../contract/features/worlds.ts';
import type { TopicCollections } from '../../contract/wire/collection.ts';
import type { ContractServer } from '../../contract/wire/served.ts';
import type { Stream } from '../../core/ledger/stream.ts';
import type { Basemap } from '../basemap/archive/basemap.ts';
import type { HallCity } from '../city/hallCity.ts';
import type { OwnMap } from '../city/ownMap.ts';
import type { HallFiles } from '../config/hallFiles.ts';
import type { HallIdentity } from '../config/hallYaml.ts';
import type { Domain } from '../domain/domain.ts';
import type { Feeds } from '../feeds/feeds.ts';
import type { HallOptions } from '../hallOptions.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerThreads } from '../ledger/ledgerTasks.ts';
import type { NoticeBoard } from '../notices/noticeBoard.ts';
import type { OpenQuarantine } from '../rejects/openQuarantine.ts';
import type { Rejects } from '../rejects/rejects.ts';
import type { Simulation } from '../simulation/simulation.ts';
import type { Sync } from '../sync/sync.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { LiveQueries } from '../wire/liveQueries.ts';
import type { Readers } from '../wire/readers.ts';
import type { Audit } from './audit.ts';
import type { CameraSources } from './cameraSources.ts';
import type { Deadlines } from './deadlines.ts';
import type { Premises } from './premises.ts';
import type { Strip } from './strip.ts';
import type { Views } from './views.ts';

/** Of what a hall is started with, the part that is no secret and nobody's door. */
type HallFacts = Omit<HallOptions, 'token' | 'hubToken' | 'integrationToken' | 'dial' | 'listen' | 'pages'>;

/** What every feature stands on. A feature names the members that it takes, so that a test can give it just these. */
export interface Kernel extends HallFacts, Premises {
  /** The world it is of. `dataDir` is that world's folder. */
  readonly world: World;
  /** What the hall is called; null for one whose folder does not say. */
  readonly name: HallIdentity['name'];
  /** The hall's time zone, an IANA name. */
  readonly zone: HallIdentity['zone'];
  /** By the hall's wall clock. */
  readonly startedAt: number;
  /** The stream that alarms, incidents, runs and walls of this world are written to, and the only one they are taken from. */
  readonly stream: Stream;
  readonly city: HallCity;
  /** Whether a simulator is to play a city for this world: nothing of it is to be taken for real. */
  readonly simulated: boolean;
  /** What plays it; null where all there is is real, and where it could not be started. */
  readonly simulation: Simulation | null;
  /** The roads and names of the hall's own map, as they are in `city` too. */
  readonly ownMap: OwnMap;
  /** The hall's own map; null without one. */
  readonly basemap: Basemap | null;
  /** Rules and plans, as the files of the product and of the hall have them. */
  readonly files: Pick<HallFiles, 'rules' | 'ruleFiles' | 'plans'>;
  readonly ledger: Ledger;
  /** What is written down of people besides their decisions. */
  readonly audit: Pick<Audit, 'refused' | 'steered'>;
  /** Threads for what reads many events of it. */
  readonly ledgerThreads: LedgerThreads;
  readonly views: Views;
  readonly domain: Domain;
  readonly deadlines: Deadlines;
  readonly telemetry: Telemetry;
  readonly feeds: Feeds;
  readonly cameraSources: CameraSources;
  readonly sync: Sync;
  readonly topics: TopicCollections;
  readonly notices: NoticeBoard;
  readonly rejects: Rejects;
  /** What was refused, on the disk. */
  readonly quarantine: Omit<OpenQuarantine, 'close'>;
  readonly strip: Strip;
  /** Live queries are told when what their answers are made of is another. */
  readonly queries: Pick<LiveQueries, 'changed'>;
  /** Reads the tables of views.db. */
  readonly readers: Pick<Readers, 'read'>;
  /** The windows that are connected, and what was refused of them. */
  readonly windows: Pick<ContractServer, 'callers' | 'rejects'> & { refused(): number };
  /** Hears of a decision of the hall itself that was not taken. */
  failed(error: unknown, what: string): void;
}

import pino from 'pino';
import type { FeatureContract } from '../../contract/define.ts';
import type { IncidentView } from '../../contract/features/incidents.ts';
import type { MethodName, Result } from '../../contract/index.ts';
import { createTopicCollections, type TopicCollections } from '../../contract/wire/collection.ts';
import type { Caller, HandlerParams, Handlers } from '../../contract/wire/served.ts';
import { alarmAggregate, alarmSubject } from '../../core/alarms/alarm.ts';
import { decideAlarm, type Finding } from '../../core/alarms/decide.ts';
import { AlarmRule } from '../../core/alarms/rules.ts';
import { incidentAggregate } from '../../core/incidents/incident.ts';
import { OPS } from '../../core/ledger/stream.ts';
import { PlanTemplate } from '../../core/plans/template.ts';
import type { Level } from '../../core/words.ts';
import { createDomain, type Domain } from '../../main/domain/domain.ts';
import { alarms } from '../../main/features/alarms/index.ts';
import type { Shelving } from '../../main/features/alarms/shelving.ts';
import { conflicts } from '../../main/features/conflicts/index.ts';
import { incidents } from '../../main/features/incidents/index.ts';
import { incidentView } from '../../main/features/incidents/view.ts';
import { log as logFeature } from '../../main/features/log/index.ts';
import { plans as planFeature } from '../../main/features/plans/index.ts';
import type { Readiness } from '../../main/features/plans/readiness.ts';
import { walls } from '../../main/features/walls/index.ts';
import { NOTHING } from '../../main/feeds/feed.ts';
import { createFeeds } from '../../main/feeds/feeds.ts';
import { declaredBy, showingOf } from '../../main/kernel/declared.ts';
import type { Started } from '../../main/kernel/feature.ts';
import { OVER_KEPT } from '../../main/kernel/newest.ts';
import { createStrip } from '../../main/kernel/strip.ts';
import { createViews, type Views, type ViewsFault } from '../../main/kernel/views.ts';
import type { ViewsPlace } from '../../main/kernel/viewsStore.ts';
import { createLedger } from '../../main/ledger/createLedger.ts';
import type { Ledger } from '../../main/ledger/ledger.ts';
import { sha256 } from '../../main/ledger/sha256.ts';
import { createRejects } from '../../main/rejects/rejects.ts';
import { callerAt } from './callers.ts';
import { createFakeClock, type FakeClock } from './clock.ts';
import { createLedgerHere } from './ledgerHere.ts';
import { createMemoryLedgerStore, give, type MemoryLedgerStore, partsFor } from './ledgerStore.ts';
import { LIVE_WORLD } from './liveWorld.ts';
import { createMemoryViewsPlace } from './viewsPlace.ts';

const t = (en: string) => ({ zh: `【${en}】`, en });

/** A plan of two lanes: look, then pump and decide, then one of two. Timers in seconds. */
export const TEST_PLAN = PlanTemplate.parse({
  plan: 'test-flood',
  version: 2,
  status: 'approved',
  name: t('Test flood'),
  fits: { incidents: ['urban-flooding'], level: 3 },
  lanes: [
    { id: 'duty', department: 'emergency', title: t('Duty') },
    { id: 'water', department: 'water', title: t('Water') },
  ],
  steps: [
    { id: 'look', lane: 'duty', title: t('Look'), acknowledge: 60, finish: 180, escalate: 'emergency' },
    { id: 'pump', lane: 'water', title: t('Pump'), needs: ['look'], acknowledge: 30 },
    {
      ...{ id: 'power', lane: 'duty', kind: 'decision', title: t('Power?'), needs: ['look'] },
      options: [
        { id: 'cut', title: t('Cut') },
        { id: 'keep', title: t('Keep') },
      ],
    },
    { id: 'switch-off', lane: 'water', title: t('Switch off'), when: { step: 'power', option: 'cut' } },
    { id: 'guard', lane: 'water', title: t('Guard'), when: { step: 'power', option: 'keep' } },
  ],
});

/** What makes the alarms of `raise` incidents of the kind that the plan fits. */
const TEST_RULE = AlarmRule.parse({
  ...{ rule: 'waterlogging', name: t('Water'), incident: 'urban-flooding', sensor: { kind: 'water-level' } },
  levels: [{ level: 2, raise: 0.4, clear: 0.3, for: 3 }],
});

/** The features of a station that decides. */
export const DECIDING = [alarms, incidents, planFeature, conflicts, walls];

/** What they declare, and that which shows every event. */
export const DECLARED = declaredBy([...DECIDING, logFeature]);

/** Raises, acknowledges and so on as a person at `seat` would, through the handlers of the contract. */
type Served = Pick<
  Handlers,
  Extract<
    MethodName,
    | `alarms.${string}`
    | `incidents.${string}`
    | `runs.${string}`
    | 'calls.note'
    | 'plans.offer'
    | 'conflicts.seen'
    | `wall.${string}`
  >
>;

/** One station's decisions over a ledger in memory, without sockets, feeds and time. */
export interface DomainRig {
  readonly station: string;
  readonly clock: FakeClock;
  readonly store: MemoryLedgerStore;
  readonly ledger: Ledger;
  /** Where its views lie; a rig that is given it with the store is a hall that starts again. */
  readonly place: ViewsPlace;
  readonly views: Views;
  readonly readiness: Readiness;
  readonly shelving: Shelving;
  readonly domain: Domain;
  /** Every item is checked against the contract as it is set. */
  readonly topics: TopicCollections;
  readonly plans: PlanTemplate[];
  /** An incident as windows show it that ask for it; undefined while nothing is known of it. */
  shownIncident(id: string): IncidentView | undefined;
  /** Calls a method as the seat `commander` unless told; another seat's name alone brings no other rights. */
  call<M extends keyof Served>(method: M, params: HandlerParams<M>, caller?: Partial<Caller>): Promise<Result<M>>;
  /** Raises the water alarm, or raises it to a worse level. */
  raise(level: Level, sensor?: string): Promise<string>;
  clear(sensor?: string): Promise<void>;
  /** Takes everything the other station has. */
  learnFrom(other: DomainRig): Promise<void>;
}

export function finding(level: Level, sensor = 'WL-001'): Finding {
  return {
    ...{
      rule: 'waterlogging',
      title: t('Water'),
      level,
      source: { kind: 'sensor', id: sensor },
      value: 0.5,
      unit: 'm',
    },
    place: { lon: 121.92, lat: 29.16, name: t('Underpass') },
  };
}

export function createDomainRig(
  options: {
    station?: string;
    clock?: FakeClock;
    store?: MemoryLedgerStore;
    place?: ViewsPlace;
    onFault?(fault: ViewsFault): void;
  } = {},
): DomainRig {
  const { station = 'A', clock = createFakeClock(), store = createMemoryLedgerStore() } = options;
  const { place = createMemoryViewsPlace(), onFault = ({ cause }) => void Promise.reject(cause) } = options;
  const log = pino({ level: 'silent' });
  const ledger = createLedger({
    ...{ store, station, chain: station, clock, log, sha256, recovery: null, ...partsFor(station) },
    onClosed() {},
  });
  const topics = createTopicCollections({ validate: true });
  const views = createViews({
    ...{
      place,
      instead: createMemoryViewsPlace(),
      ledger,
      kinds: DECLARED.kinds,
      families: DECLARED.families,
      models: DECLARED.readModels,
      newest: OVER_KEPT,
    },
    ...{ version: '1', clock, log, onFault, onMended() {}, onProgress() {} },
    turn: () => Promise.resolve(),
  });
  for (const _ of views.prepare());
  const domain = createDomain({ ledger, views, kinds: DECLARED.kinds });
  const showing = showingOf(DECIDING, { clock, ledger, topics, domain });
  domain.begin(showing.shows);
  const { readiness } = showing.of(planFeature);
  const { shelving } = showing.of(alarms);
  const plans = [TEST_PLAN];
  let made = ledger.count;
  const newId = () => `${station.toLowerCase()}${++made}`;
  const kernel = {
    dataDir: '',
    ...{ station, clock, ledger, domain, topics, newId, zone: 'Asia/Shanghai', stream: OPS },
    ...{ world: LIVE_WORLD, simulated: false, strip: createStrip() },
    files: { rules: [TEST_RULE], ruleFiles: new Map(), plans },
    // No sensors speak and no time passes by itself: a test raises what it needs and keeps the time it is about.
    city: {
      kinds: [],
      sensors: [],
      cameras: [],
      units: [
        { id: 'PMP-1', callSign: '排水01', department: 'water', kind: 'truck' as const, capability: [], home: 0 },
      ],
      departments: [],
      facilities: [],
      places: [],
      graph: { classes: [], names: [], nodes: [], edges: [], bends: [] },
    },
    feeds: createFeeds({
      ...{ clock, log, rejects: createRejects({ clock }), secret: () => '' },
      directory: { hasSensor: () => false, hasUnit: () => false },
      sinkOf: () => ({ push: () => NOTHING, ready: () => Promise.resolve() }),
    }),
    telemetry: {
      isClaimed: () => false,
      onSensor: () => () => {},
      onUnit: () => () => {},
      position: () => null,
      remember() {},
      setLevel() {},
    },
    ledgerThreads: createLedgerHere(ledger),
    queries: { changed() {} },
    readers: { read: () => Promise.reject(new Error('lists are tested on their tables')) },
    deadlines: { kind: () => ({ set() {}, close() {} }) },
    failed(error: unknown) {
      throw error;
    },
  };
  const started = [
    incidents.start(kernel, showing.of(incidents)),
    conflicts.start(kernel, showing.of(conflicts)),
    walls.start(kernel, showing.of(walls)),
    alarms.start(kernel, showing.of(alarms)),
    planFeature.start(kernel, showing.of(planFeature)),
  ];
  const handlers: Served = Object.assign({}, ...started.map((each) => (each as Started<FeatureContract>).handlers));
  return {
    ...{ station, clock, store, ledger, place, views, readiness, shelving, domain, topics, plans },
    shownIncident: (id) => incidentView(domain.of(incidentAggregate).get(id)) ?? undefined,
    async call(method, params, caller = {}) {
      const who: Caller = { ...callerAt('commander'), ...caller };
      return (await handlers[method](params, who)) as Result<typeof method>;
    },
    async raise(level, sensor = 'WL-001') {
      const id = alarmSubject('waterlogging', sensor);
      await domain.execute(() =>
        decideAlarm(domain.of(alarmAggregate).get(id), {
          do: 'raise',
          finding: finding(level, sensor),
          actor: 'rule.waterlogging',
        }),
      );
      return id;
    },
    async clear(sensor = 'WL-001') {
      const id = alarmSubject('waterlogging', sensor);
      await domain.execute(() =>
        decideAlarm(domain.of(alarmAggregate).get(id), { do: 'clear', value: 0, actor: 'rule.waterlogging' }),
      );
    },
    async learnFrom(other) {
      await give(ledger, [...other.ledger.all()], other.station);
    },
  };
}

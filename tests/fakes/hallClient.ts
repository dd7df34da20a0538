import { ContractError } from '../../contract/errors.ts';
import type { AlarmView } from '../../contract/features/alarms.ts';
import type { CameraView } from '../../contract/features/cameras.ts';
import type { IncidentView } from '../../contract/features/incidents.ts';
import type { RunView, StepView } from '../../contract/features/plans.ts';
import type { UnitEntry } from '../../contract/features/units.ts';
import type {
  MethodName,
  Params,
  QueryName,
  QueryParams,
  QueryRow,
  Result,
  TopicItem,
  TopicName,
} from '../../contract/index.ts';
import { encodeObservations } from '../../contract/observations.ts';
import type { ConnectionState, HallClient } from '../../contract/wire/hallClient.ts';
import { createObservationMirror } from '../../contract/wire/observationMirror.ts';
import { createDirectories } from '../../renderer/bridge/directories.ts';
import type { Bridge } from '../../renderer/bridge/index.ts';
import {
  decision,
  type FakePlan,
  type FakeSensor,
  fakeAlarms,
  fakeCameraHealth,
  fakeFeeds,
  fakeIncidents,
  fakeNotices,
  fakePeers,
  fakeRun,
  fakeSensors,
  fakeStation,
  progressOf,
  type Scenario,
} from './hallData.ts';
import { LIVE_WORLD } from './liveWorld.ts';

/** What the fake is told of the city. */
export interface FakeCity {
  cameras: readonly CameraView[];
  units: readonly UnitEntry[];
  plans: readonly FakePlan[];
}

/** A fake hall's client, and its strings to pull. */
export interface FakeHall extends Bridge {
  setConnection(state: ConnectionState['state']): void;
  put<T extends TopicName>(topic: T, key: string, item: TopicItem<T>): void;
}

type Maps = { [T in TopicName]: ReadonlyMap<string, TopicItem<T>> };
type Handlers = { [M in MethodName]?: (params: Params<M>) => Result<M> };

/** A hall in memory, for working on the screen without one. It answers as the real one would, as far as the screen can tell. */
export function createFakeHall(city: FakeCity, scenario: Scenario, seat: string, clock: () => number): FakeHall {
  const now = clock();
  const calm = scenario === 'calm';
  const byKey = <T>(items: readonly T[], key: (item: T) => string) => new Map(items.map((item) => [key(item), item]));
  const near = city.cameras.slice(0, 4).map((camera) => camera.id);
  const plan = city.plans[0];
  const run = plan && !calm ? fakeRun(plan, 'run-1', 'inc-1', now, true) : null;
  const sensors = fakeSensors(now);
  const maps: Maps = {
    station: new Map([['it', fakeStation(now, scenario)]]),
    feeds: byKey(fakeFeeds(now, scenario), (it) => it.id),
    peers: byKey(fakePeers(now, scenario), (it) => it.station),
    notices: byKey(fakeNotices(now, scenario), (it) => it.id),
    alarms: byKey(calm ? [] : fakeAlarms(now), (it) => it.id),
    runs: run ? new Map([[run.id, scenario === 'ended' ? end(run) : run]]) : new Map(),
    cameras: byKey(fakeCameraHealth(now, near), (it) => it.camera),
    steering: new Map(near.slice(0, 1).map((camera) => [camera, { camera, by: null, bearing: null }])),
    seats: new Map([[seat, { seat, selection: null, cameras: calm ? [] : near, mute: null }]]),
    handovers: new Map(),
    walls: new Map([
      [
        'wall-1',
        { screen: 'wall-1', scene: 'plan', selection: { kind: 'incident', id: 'inc-1', at: null }, cameras: near },
      ],
    ]),
    screens: new Map([['wall-1', { screen: 'wall-1', windows: 1 }]]),
    windows: new Map(),
    calls: new Map(),
    worlds: new Map([['live', { ...LIVE_WORLD, state: 'open' as const }]]),
  };
  let incidents: ReadonlyMap<string, IncidentView> = byKey(calm ? [] : fakeIncidents(now), (it) => it.id);
  /** Of queries. */
  const looking = new Set<() => void>();
  const listeners = new Map<TopicName, Set<() => void>>();
  const connectionListeners = new Set<(state: ConnectionState) => void>();
  let connection: ConnectionState = { state: 'open', since: now, attempt: 0 };

  function put<T extends TopicName>(topic: T, key: string, item: TopicItem<T>): void {
    maps[topic] = new Map(maps[topic]).set(key, item) as Maps[T];
    for (const listener of listeners.get(topic) ?? []) listener();
    for (const look of looking) look();
  }
  function putIncident(it: IncidentView): void {
    incidents = new Map(incidents).set(it.id, it);
    for (const look of looking) look();
  }
  function end(it: RunView): RunView {
    const open = (step: StepView) => ['waiting', 'ready', 'acknowledged', 'started'].includes(step.state);
    const steps = it.steps.map((step): StepView => (open(step) ? { ...step, state: 'skipped', overdue: 'no' } : step));
    return {
      ...it,
      ...progressOf(steps),
      state: 'ended',
      outcome: 'all-clear',
      ended: decision('commander', 'east', now, 'e-end'),
    };
  }
  function need<T>(item: T | undefined, id: string): T {
    if (item === undefined) throw new ContractError('not-found', `there is no ${id}`);
    return item;
  }
  const changeAlarm = (id: string, change: Partial<AlarmView>) =>
    put('alarms', id, { ...need(maps.alarms.get(id), id), ...change });
  function changeStep(runId: string, stepId: string, change: Partial<StepView>): void {
    const it = need(maps.runs.get(runId), runId);
    let steps = it.steps.map((step) => (step.id === stepId ? { ...step, ...change } : step));
    const over = (id: string) => ['done', 'skipped', 'not-taken'].includes(steps.find((s) => s.id === id)?.state ?? '');
    steps = steps.map((step) =>
      step.state === 'waiting' && step.needs.every(over)
        ? { ...step, state: 'ready', readyAt: clock(), acknowledgeBy: clock() + 60_000, finishBy: clock() + 300_000 }
        : step,
    );
    put('runs', runId, { ...it, ...progressOf(steps) });
  }
  const me = () => decision(seat, 'east', clock(), `e-${clock()}`);
  const station = () => need(maps.station.get('it'), 'station');

  const handlers: Handlers = {
    'sensors.directory': () => ({ version: 1, sensors: sensors.map(({ entry }) => entry), next: null }),
    'alarms.acknowledge': ({ alarm }) => {
      changeAlarm(alarm, { state: 'acknowledged', acknowledged: me() });
      return {};
    },
    'alarms.acknowledgeAll': ({ alarms }) => {
      for (const { alarm } of alarms) changeAlarm(alarm, { state: 'acknowledged', acknowledged: me() });
      return { acknowledged: alarms.length };
    },
    'alarms.timeline': ({ alarm }) => {
      const { level, value, unit, raisedAt, occurrence } = need(maps.alarms.get(alarm), alarm);
      const raised = {
        id: 'e-raised',
        at: raisedAt,
        station: 'east',
        actor: 'rule.waterlogging',
        what: 'raised' as const,
      };
      const moment = { ...raised, occurrence, level, value, unit, shelved: null, incident: null };
      return { moments: [moment], next: null };
    },
    'alarms.shelve': ({ alarm, minutes }) => {
      changeAlarm(alarm, { state: 'shelved', shelvedUntil: clock() + minutes * 60_000 });
      return {};
    },
    'alarms.unshelve': ({ alarm }) => {
      changeAlarm(alarm, { state: 'acknowledged', shelvedUntil: null });
      return {};
    },
    'incidents.open': ({ alarm }) => {
      const it = need(maps.alarms.get(alarm), alarm);
      const incident = it.incident ?? `inc-${incidents.size + 1}`;
      if (it.incident === null) {
        putIncident({
          id: incident,
          type: 'urban-flooding',
          title: { zh: `${it.place.name.zh}${it.title.zh}`, en: `${it.title.en}, ${it.place.name.en}` },
          place: it.place,
          level: it.level,
          levelBy: me(),
          levelWhy: null,
          state: 'open',
          alarm,
          ...{
            into: null,
            joined: [],
            after: null,
            words: '',
            caller: { name: '', phone: '' },
            owner: 'duty',
            changes: 1,
          },
          openedAt: clock(),
          closedAt: null,
          notes: [],
          earlierNotes: 0,
          conflicts: [],
        });
        changeAlarm(alarm, { incident });
      }
      return { incident };
    },
    'incidents.setLevel': ({ incident, level, reason }) => {
      putIncident({ ...need(incidents.get(incident), incident), level, levelBy: me(), levelWhy: reason });
      return {};
    },
    'incidents.note': ({ incident, text }) => {
      const it = need(incidents.get(incident), incident);
      putIncident({ ...it, notes: [...it.notes, { text, by: me() }] });
      return {};
    },
    'incidents.close': () => {
      throw new ContractError('refused', 'I4: a run of this incident is still on; give the all-clear first');
    },
    'plans.offer': () => ({
      plans: [
        ...city.plans.map((it, i) => ({
          id: it.plan,
          version: it.version,
          name: it.name,
          departments: it.lanes.map((lane) => lane.department),
          steps: it.steps.length,
          fits: i === 0,
          running: false,
          why: {
            zh: '类型为城市内涝，等级 II 达到 III 级以上。',
            en: 'The type is urban flooding; level II reaches level III.',
          },
        })),
        {
          id: 'gas-leak',
          version: 1,
          name: { zh: '燃气泄漏联动预案', en: 'Gas leak' },
          departments: ['gas', 'fire', 'police'],
          steps: 14,
          fits: false,
          running: false,
          why: {
            zh: '适用于燃气泄漏，此事件为城市内涝。',
            en: 'It is for gas leaks; this incident is urban flooding.',
          },
        },
      ],
    }),
    'runs.launch': ({ incident }) => {
      const id = `run-${maps.runs.size + 1}`;
      put('runs', id, fakeRun(need(plan, 'plan'), id, incident, clock(), false));
      return { run: id };
    },
    'runs.acknowledge': ({ run: id, step }) => {
      changeStep(id, step, { state: 'acknowledged', acknowledged: me(), overdue: 'no' });
      return {};
    },
    'runs.start': ({ run: id, step }) => {
      changeStep(id, step, { state: 'started', started: me() });
      return {};
    },
    'runs.finish': ({ run: id, step, note }) => {
      changeStep(id, step, {
        state: 'done',
        finished: me(),
        note: note ?? null,
        overdue: 'no',
        acknowledgeBy: null,
        finishBy: null,
      });
      return {};
    },
    'runs.skip': ({ run: id, step, reason }) => {
      changeStep(id, step, { state: 'skipped', finished: me(), note: reason, overdue: 'no' });
      return {};
    },
    'runs.decide': ({ run: id, step, option }) => {
      changeStep(id, step, { state: 'done', finished: me(), chosen: option, acknowledgeBy: null, finishBy: null });
      return {};
    },
    'runs.allClear': ({ run: id, force }) => {
      const it = need(maps.runs.get(id), id);
      const open = it.total - it.done - it.skipped;
      if (open > 0 && !force) {
        throw new ContractError('refused', `P9: ${open} steps are still open; finish or skip them, or force`);
      }
      put('runs', id, end(it));
      return {};
    },
    'runs.timeline': ({ run: id }) => {
      const it = need(maps.runs.get(id), id);
      const entry = (at: number, actor: string, zh: string, en: string, i: number) => ({
        id: `t-${i}`,
        at,
        hlc: `${at}.0`,
        station: 'east',
        actor,
        type: 'step.finished',
        subject: id,
        text: { zh, en },
      });
      return {
        entries: [
          entry(it.launched.at, 'commander', `启动“${it.name.zh}”`, `Launched “${it.name.en}”`, 0),
          ...it.steps
            .filter((step) => step.finished)
            .map((step, i) =>
              entry(
                step.finished?.at ?? 0,
                step.department,
                `完成“${step.title.zh}”`,
                `Finished “${step.title.en}”`,
                i + 1,
              ),
            ),
        ],
        next: null,
      };
    },
    'runs.report': () => ({
      name: 'run-1.html',
      html: '<!doctype html><title>run</title>',
      madeAt: 0,
      chars: 33,
      next: null,
    }),
    'conflicts.seen': ({ subject, conflict }) => {
      const it = need(incidents.get(subject), subject);
      const conflicts = it.conflicts.map((each) => (each.id === conflict ? { ...each, seen: me() } : each));
      putIncident({ ...it, conflicts });
      return {};
    },
    'cameras.seeing': ({ n }) => ({
      cameras: near.slice(0, n).map((camera, i) => ({ camera, sees: i < 3, distance: 40 + i * 30, offAxis: i * 4 })),
    }),
    'seat.select': ({ selection }) => {
      put('seats', seat, { ...need(maps.seats.get(seat), seat), selection });
      return {};
    },
    'seat.mute': ({ heard, reason }) => {
      put('seats', seat, { ...need(maps.seats.get(seat), seat), mute: { heard, reason, until: clock() + 120_000 } });
      return {};
    },
    'seat.unmute': () => {
      put('seats', seat, { ...need(maps.seats.get(seat), seat), mute: null });
      return {};
    },
    'seat.watch': ({ cameras }) => {
      put('seats', seat, { ...need(maps.seats.get(seat), seat), cameras });
      return {};
    },
    'wall.show': (view) => {
      put('walls', view.screen, view);
      return {};
    },
    'wall.clear': ({ screen }) => {
      const left = new Map(maps.walls);
      left.delete(screen);
      maps.walls = left;
      for (const listener of listeners.get('walls') ?? []) listener();
      return {};
    },
    'link.cut': () => {
      put('station', 'it', { ...station(), cut: true, link: 'alone', outbox: 3 });
      return {};
    },
    'link.mend': () => {
      put('station', 'it', { ...station(), cut: false, link: 'online', outbox: 0 });
      return {};
    },
    'drill.start': () => {
      const it = station();
      put('station', 'it', { ...it, drill: it.drill && { ...it.drill, state: 'running' } });
      return {};
    },
  };

  const ofIncidents = (params: QueryParams<'incidents.list'>) =>
    [...incidents.values()]
      .map(
        ({
          levelBy: _,
          levelWhy: __,
          joined: ___,
          words: ____,
          caller: _____,
          after: ______,
          notes,
          earlierNotes,
          conflicts,
          ...it
        }) => ({
          ...{ ...it, notes: earlierNotes + notes.length },
          unseen: conflicts.filter((conflict) => conflict.seen === null).length,
        }),
      )
      .filter((it) => params.state === undefined || it.state === params.state)
      .filter((it) => params.unseen === undefined || it.unseen > 0 === params.unseen)
      .filter((it) => params.ids?.includes(it.id) ?? true);
  const cameAlarms = () =>
    [...maps.alarms.values()].map(
      ({ source: _, value: __, unit: ___, acknowledged: ____, shelvedUntil: _____, conflicts: ______, ...it }) => it,
    );
  /** What each query comes to; those of what does not change, whatever their params. */
  const rows: { [Q in QueryName]: (params: QueryParams<Q>) => readonly QueryRow<Q>[] } = {
    'cameras.list': () => city.cameras,
    'seats.departments': () => [],
    'places.facilities': () => [],
    'places.kinds': () => [],
    'units.directory': () => city.units,
    'units.one': ({ id }) => city.units.filter((unit) => unit.id === id).map((unit) => ({ ...unit, fix: null })),
    'places.find': () => [],
    'places.one': () => [],
    'places.near': () => [],
    'places.components': () => [],
    'places.component': () => [],
    'ledger.foreign': () => [],
    'incidents.list': ofIncidents,
    'calls.told': ({ calls }) =>
      calls
        .flatMap((id) => maps.calls.get(id) ?? [])
        .map(({ id, text, caller }) => ({ id, text, caller, incident: null })),
    'incidents.one': ({ id }) => [incidents.get(id)].filter((it) => it !== undefined),
    'runs.list': ({ incident }) =>
      [...maps.runs.values()]
        .map(({ lanes, steps: _, launched, ended, supersededBy: __, conflicts: ___, ...it }) => ({
          ...it,
          departments: lanes.map((lane) => lane.department),
          ...{ launchedAt: launched.at, endedAt: ended?.at ?? null },
        }))
        .filter((it) => incident === undefined || it.incident === incident),
    'runs.one': ({ id }) => [maps.runs.get(id)].filter((it) => it !== undefined),
    'runs.steps': ({ runs }) => runs.flatMap((id) => maps.runs.get(id) ?? []),
    'warnings.list': () => [],
    'warnings.one': () => [],
    'warnings.shapes': () => [],
    'notices.list': () => [...maps.notices.values()],
    'alarms.one': ({ id }) => [maps.alarms.get(id)].filter((it) => it !== undefined),
    'alarms.history': () => cameAlarms().map((it) => ({ ...it, at: it.raisedAt, times: 1 })),
    'alarms.nuisances': () => cameAlarms().map((it) => ({ ...it, times: 4, hourly: 3 })),
    'alarms.rules': ({ rule }) => {
      const levels = [{ level: 2 as const, raise: 0.4, clear: 0.3, for: 3 }];
      const name = { zh: '道路积水', en: 'Road waterlogging' };
      const one = {
        rule: 'waterlogging',
        name,
        kind: 'water-level',
        measure: 'value' as const,
        direction: 'high' as const,
        levels,
        knows: null,
      };
      return rule === undefined || rule === one.rule ? [{ ...one, file: 'rules/flood.yaml', own: false }] : [];
    },
    'sensors.history': ({ sensor }) => {
      const recent = sensors.find(({ entry }) => entry.id === sensor)?.recent ?? [];
      return recent.map(([t, value]) => ({ t: Math.round(t), value })).reverse();
    },
    'log.list': () => [],
    'log.seats': () => [],
    'shifts.list': () => [],
    'shifts.one': () => [],
    'rejects.list': () => [
      {
        id: 'r1',
        at: now,
        door: 'feed',
        source: 'drill-city',
        path: 'obs.3.value',
        message: { zh: '此项的类型不对', en: 'Invalid input: expected number, received string' },
        remedy: { zh: '此处应为数值', en: 'Write a number here.' },
        excerpt: '{"sensor":"WL-001","t":1751356799000,"value":"0,46"}',
        ...{ of: '1', length: 122, state: 'kept' },
      },
    ],
    'rejects.messages': () => [],
    'rejects.sources': () => [],
  };

  const client: HallClient = {
    async call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>> {
      await new Promise((resolve) => setTimeout(resolve, 40));
      if (connection.state !== 'open') throw new ContractError('not-sent', 'the connection to the hall is lost');
      const handler = handlers[method];
      if (!handler) throw new ContractError('unavailable', `the fake hall has no ${method}`);
      return handler(params);
    },
    subscribe(topic, onChange) {
      const heard = () => onChange(client.items(topic), { set: [...client.items(topic).keys()], del: [] });
      listeners.set(topic, (listeners.get(topic) ?? new Set()).add(heard));
      heard();
      return () => listeners.get(topic)?.delete(heard);
    },
    items: <T extends TopicName>(topic: T) => maps[topic] as ReadonlyMap<string, TopicItem<T>>,
    fresh: () => connection.state === 'open',
    query(name, params, onState) {
      const look = () => onState(client.known(name, params));
      looking.add(look);
      look();
      return () => looking.delete(look);
    },
    known(name, params) {
      const answer = rows[name](params);
      return { rows: answer, total: { count: answer.length, exact: true }, more: null, fresh: true, error: null };
    },
    bulk(stream, _params, onPayload) {
      if (stream === 'observations') queueMicrotask(() => onPayload(fakeObservations(sensors), true));
      return () => undefined;
    },
    connection: () => connection,
    onConnection(listener) {
      connectionListeners.add(listener);
      return () => connectionListeners.delete(listener);
    },
    welcome: () => null,
    behindMs: () => 0,
    clockOffset: () => 0,
    monotonicOffset: () => 0,
    reconnect: () => hall.setConnection('open'),
    close: () => undefined,
  };
  const hall: FakeHall = {
    ...client,
    ...createDirectories(client),
    carrier: 'socket',
    turns: { tell: (changed) => changed(), hurry() {}, forget() {} },
    observations: createObservationMirror(client, (violation) =>
      console.error('the fake hall broke the contract', violation),
    ),
    setToken: () => undefined,
    assetBase: () => location.origin,
    authHeaders: () => ({}),
    setConnection(state) {
      connection = { state, since: clock(), attempt: state === 'open' ? 0 : 3 };
      for (const listener of [...connectionListeners]) listener(connection);
    },
    put,
  };
  return hall;
}

/** The newest value of each sensor, as a payload of the stream. */
function fakeObservations(sensors: readonly FakeSensor[]): Uint8Array {
  const newest = sensors.map(({ recent }) => recent.at(-1) ?? ([0, 0] as const));
  return encodeObservations(
    1,
    {
      t: newest.map(([t]) => Math.round(t)),
      value: newest.map(([, value]) => value),
      quality: sensors.map(() => 0),
      level: sensors.map(() => 2),
    },
    [...sensors.keys()],
  );
}

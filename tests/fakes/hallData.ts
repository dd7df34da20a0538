import type { AlarmView } from '../../contract/features/alarms.ts';
import type { CameraHealthView } from '../../contract/features/cameras.ts';
import type { FeedHealth } from '../../contract/features/feeds.ts';
import type { IncidentView } from '../../contract/features/incidents.ts';
import type { Notice } from '../../contract/features/notices.ts';
import type { RunView, StepView } from '../../contract/features/plans.ts';
import type { SensorEntry } from '../../contract/features/sensors.ts';
import type { StationView } from '../../contract/features/station.ts';
import type { PeerHealth } from '../../contract/features/sync.ts';
import type { Conflict, Decision, Level } from '../../contract/schema/basics.ts';

/** How a fake hall begins. */
export type Scenario = 'busy' | 'calm' | 'alone' | 'recovery' | 'ended';

/** A plan as its file tells it, as far as the fake needs it. */
export interface FakePlan {
  plan: string;
  version: number;
  name: { zh: string; en: string };
  lanes: { id: string; department: string; title: { zh: string; en: string } }[];
  steps: {
    id: string;
    lane: string;
    kind?: string;
    title: { zh: string; en: string };
    detail?: { zh: string; en: string };
    needs?: string[];
    options?: { id: string; title: { zh: string; en: string } }[];
    escalate?: string;
  }[];
}

const MINUTE = 60_000;
const PLACE = { lon: 121.9215, lat: 29.1671, name: { zh: '滨河路下穿', en: 'Binhe Road underpass' } };

export function decision(actor: string, station: string, at: number, event: string): Decision {
  return { station, actor, at, event };
}

function conflict(id: string, subject: string, field: string, values: [string, Decision][], rule: string): Conflict {
  return { id, subject, field, values: values.map(([value, by]) => ({ value, by })), stands: 0, rule, seen: null };
}

/** Alarms of every level and state. */
export function fakeAlarms(now: number): AlarmView[] {
  const base = (
    id: string,
    level: Level,
    state: AlarmView['state'],
    zh: string,
    en: string,
    place: { zh: string; en: string },
    value: number,
    unit: string,
    ago: number,
    more: Partial<AlarmView> = {},
  ): AlarmView => ({
    id,
    rule: 'waterlogging',
    title: { zh, en },
    level,
    state,
    occurrence: 1,
    source: { kind: 'sensor', id: 'WL-001' },
    value,
    unit,
    place: { lon: PLACE.lon + ago / 5e7, lat: PLACE.lat + ago / 9e7, name: place },
    raisedAt: now - ago,
    worsenedAt: null,
    acknowledged: state === 'acknowledged' ? decision('duty', 'east', now - ago + 20_000, `e-${id}`) : null,
    clearedAt: state === 'returned' ? now - 30_000 : null,
    clearedValue: state === 'returned' ? value / 10 : null,
    shelvedUntil: state === 'shelved' ? now + 25 * MINUTE : null,
    incident: null,
    conflicts: [],
    ...more,
  });
  const at = (zh: string, en: string) => ({ zh, en });
  return [
    base('waterlogging:WL-001', 2, 'acknowledged', '道路积水', 'Road waterlogging', PLACE.name, 0.46, 'm', 9 * MINUTE, {
      incident: 'inc-1',
      occurrence: 2,
      place: PLACE,
    }),
    base(
      'waterlogging:WL-014',
      1,
      'unacknowledged',
      '道路积水',
      'Road waterlogging',
      at('长兴南路下穿', 'Changxing South Road underpass'),
      1.31,
      'm',
      42_000,
    ),
    base(
      'waterlogging:WL-007',
      2,
      'unacknowledged',
      '道路积水',
      'Road waterlogging',
      at('泰和街与明州路路口', 'Taihe Street & Mingzhou Road'),
      0.43,
      'm',
      95_000,
    ),
    base(
      'rainstorm:RG-001',
      3,
      'unacknowledged',
      '短时强降雨',
      'Intense rainfall',
      at('滨河路下穿', 'Binhe Road underpass'),
      52,
      'mm/h',
      6 * MINUTE,
      { source: { kind: 'sensor', id: 'RG-001' } },
    ),
    base(
      'waterlogging:WL-021',
      4,
      'returned',
      '道路积水',
      'Road waterlogging',
      at('桃源东路', 'Taoyuan East Road'),
      0.17,
      'm',
      11 * MINUTE,
    ),
    base(
      'gas-leak:GS-003',
      1,
      'acknowledged',
      '燃气泄漏',
      'Gas leak',
      at('南塘菜场', 'Nantang Market'),
      24,
      '%LEL',
      17 * MINUTE,
    ),
    base(
      'waterlogging:WL-009',
      4,
      'acknowledged',
      '道路积水',
      'Road waterlogging',
      at('海晏路', 'Haiyan Road'),
      0.19,
      'm',
      21 * MINUTE,
    ),
    base(
      'gas-leak:GS-011',
      3,
      'shelved',
      '燃气泄漏',
      'Gas leak',
      at('城东换热站', 'East heat exchange station'),
      12,
      '%LEL',
      64 * MINUTE,
      { occurrence: 4 },
    ),
  ];
}

export function fakeIncidents(now: number): IncidentView[] {
  const byDuty = decision('duty', 'east', now - 8 * MINUTE, 'e-level-1');
  const byCommander = decision('commander', 'west', now - 7.6 * MINUTE, 'e-level-2');
  return [
    {
      id: 'inc-1',
      type: 'urban-flooding',
      title: { zh: '滨河路下穿积水', en: 'Flooding at Binhe Road underpass' },
      place: PLACE,
      level: 2,
      levelBy: byCommander,
      levelWhy: '水位仍在上涨',
      state: 'open',
      alarm: 'waterlogging:WL-001',
      ...{ into: null, joined: [], after: null, words: '', caller: { name: '', phone: '' }, owner: 'duty', changes: 1 },
      openedAt: now - 8.5 * MINUTE,
      closedAt: null,
      earlierNotes: 0,
      notes: [
        {
          text: '现场有 2 辆车熄火，人员已撤到引道高处。',
          by: decision('traffic', 'east', now - 5 * MINUTE, 'e-note-1'),
        },
        {
          text: 'Pump 2 tripped once and is running again.',
          by: decision('water', 'west', now - 2 * MINUTE, 'e-note-2'),
        },
      ],
      conflicts: [
        conflict(
          'level~1',
          'inc-1',
          'level',
          [
            ['2', byCommander],
            ['3', byDuty],
          ],
          'worse-level',
        ),
      ],
    },
  ];
}

/** A run of the plan, the first few steps done, one overdue, a decision open. */
export function fakeRun(plan: FakePlan, id: string, incident: string, now: number, begun: boolean): RunView {
  const steps = plan.steps.map(
    (step): StepView => ({
      id: step.id,
      lane: step.lane,
      department: plan.lanes.find((lane) => lane.id === step.lane)?.department ?? step.lane,
      title: step.title,
      kind: step.kind === 'decision' ? 'decision' : 'task',
      detail: step.detail ?? null,
      needs: step.needs ?? [],
      options: step.options ?? [],
      state: (step.needs ?? []).length === 0 ? 'ready' : 'waiting',
      chosen: null,
      readyAt: (step.needs ?? []).length === 0 ? now : null,
      acknowledged: null,
      started: null,
      finished: null,
      reopened: null,
      note: null,
      noteCut: false,
      units: [],
      acknowledgeBy: (step.needs ?? []).length === 0 ? now + MINUTE : null,
      finishBy: (step.needs ?? []).length === 0 ? now + 5 * MINUTE : null,
      overdue: 'no',
      escalatedTo: null,
    }),
  );
  const run: RunView = {
    id,
    incident,
    plan: plan.plan,
    version: plan.version,
    name: plan.name,
    lanes: plan.lanes,
    steps,
    state: 'running',
    outcome: null,
    launched: decision('commander', 'east', now - (begun ? 7 * MINUTE : 0), 'e-launch'),
    ended: null,
    supersededBy: null,
    rating: null,
    done: 0,
    skipped: 0,
    total: steps.length,
    conflicts: [],
  };
  return begun ? midway(run, now) : run;
}

/** A run's steps, and how far it is with them. */
export function progressOf(steps: StepView[]): Pick<RunView, 'steps' | 'done' | 'skipped' | 'total'> {
  const of = (...states: StepView['state'][]) => steps.filter(({ state }) => states.includes(state)).length;
  return { steps, done: of('done'), skipped: of('skipped'), total: steps.length - of('not-taken') };
}

function midway(run: RunView, now: number): RunView {
  const by = (department: string, ago: number) => decision(department, 'east', now - ago, `e-${department}-${ago}`);
  const set: Record<string, Partial<StepView>> = {
    verify: { state: 'done', note: '积水约 46 厘米，两辆车熄火，无人员受困。' },
    activate: { state: 'done' },
    'close-underpass': { state: 'done' },
    'dispatch-rescue': { state: 'done' },
    detour: { state: 'started', finishBy: now + 6.4 * MINUTE },
    corridor: { state: 'acknowledged', finishBy: now + 4.2 * MINUTE },
    search: { state: 'started', finishBy: now + 11 * MINUTE },
    'pumps-on': { state: 'started', finishBy: now - 35_000, overdue: 'finish', escalatedTo: 'emergency' },
    manholes: { state: 'ready', acknowledgeBy: now + 48_000, finishBy: now + 12 * MINUTE },
    'power-check': { state: 'done' },
    'cut-power': { state: 'ready', acknowledgeBy: now + 31_000, finishBy: now + 2.4 * MINUTE },
    ambulance: { state: 'acknowledged', finishBy: now + 5.5 * MINUTE },
    hospital: { state: 'skipped', note: '医院已自行启动' },
    'public-notice': {
      state: 'ready',
      acknowledgeBy: now - 12_000,
      finishBy: now + 7 * MINUTE,
      overdue: 'acknowledge',
    },
  };
  const steps = run.steps.map((step) => {
    const facts = set[step.id];
    if (!facts) return step;
    const state = facts.state ?? 'waiting';
    const over = state === 'done' || state === 'skipped';
    return {
      ...step,
      ...facts,
      readyAt: now - 6 * MINUTE,
      acknowledged: state === 'ready' ? null : by(step.department, 5 * MINUTE),
      started: state === 'started' || state === 'done' ? by(step.department, 4 * MINUTE) : null,
      finished: over ? by(step.department, 3 * MINUTE) : null,
      ...(over ? { acknowledgeBy: null, finishBy: null } : {}),
    };
  });
  return { ...run, ...progressOf(steps) };
}

export function fakeStation(now: number, scenario: Scenario): StationView {
  const wrong = scenario !== 'calm';
  return {
    station: 'east',
    name: null,
    simulated: true,
    version: '0.1.0',
    startedAt: now - 41 * MINUTE,
    link: scenario === 'alone' ? 'alone' : scenario === 'recovery' ? 'lan' : 'online',
    cut: scenario === 'alone',
    outbox: scenario === 'alone' ? 37 : 0,
    ledger: {
      events: 1284,
      head: 'b6f1c07e5ad94b02',
      recovery: scenario === 'recovery',
      verifiedAt: null,
      verifying: null,
    },
    drill: {
      name: { zh: '暴雨内涝联动演练', en: 'Cloudburst joint-response drill' },
      state: scenario === 'calm' ? 'ready' : 'running',
      second: 512,
    },
    ffmpeg: { path: '/usr/bin/ffmpeg', version: '5.1' },
    rejects: wrong ? 3 : 0,
  };
}

export function fakePeers(now: number, scenario: Scenario): PeerHealth[] {
  return [
    {
      station: 'west',
      state: scenario === 'alone' ? 'away' : 'connected',
      since: now - 3 * MINUTE,
      behind: scenario === 'alone' ? 37 : 0,
      clockOffsetMs: 3_601_200,
      notSent: ['drill:flood'],
      notTaken: [],
    },
  ];
}

export function fakeFeeds(now: number, scenario: Scenario): FeedHealth[] {
  const feed = (id: string, zh: string, en: string, more: Partial<FeedHealth> = {}): FeedHealth => ({
    id,
    name: { zh, en },
    state: 'live',
    since: now - 40 * MINUTE,
    lastMessageAt: now - 400,
    received: 182_344,
    perSecond: 84.2,
    rejected: 0,
    dropped: 0,
    gaps: 0,
    late: 0,
    lagMs: 38,
    clockOffsetMs: -38,
    fault: null,
    error: null,
    ...more,
  });
  const wrong = scenario !== 'calm';
  return [
    feed('drill-city', '演练城市', 'Drill city', { rejected: wrong ? 3 : 0, gaps: wrong ? 1 : 0 }),
    feed('weather', '气象局预警', 'Weather bureau', { perSecond: 0.1 }),
    ...(wrong
      ? [
          feed('traffic', '路况', 'Traffic speeds', {
            state: 'down',
            since: now - 4 * MINUTE,
            lastMessageAt: now - 4 * MINUTE,
            perSecond: 0,
            fault: 'refused',
            error: {
              zh: '系统报告“ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:9001”',
              en: 'ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:9001',
            },
          }),
        ]
      : []),
  ];
}

export function fakeNotices(now: number, scenario: Scenario): Notice[] {
  return scenario === 'calm'
    ? []
    : [
        {
          id: 'clock',
          severity: 'warning',
          text: {
            zh: '工作站 west 的时钟快 1 小时 0 分 1 秒。',
            en: 'The clock of station west is 1 h 0 min 1 s fast.',
          },
          remedy: {
            zh: '在 west 上启用时间同步（NTP）；合并不受影响。',
            en: 'Switch on time synchronisation (NTP) at west; merging is not affected.',
          },
          since: now - 3 * MINUTE,
        },
      ];
}

/** A sensor and what it said: [wall ms, value], oldest first. */
export interface FakeSensor {
  readonly entry: SensorEntry;
  readonly recent: [number, number][];
}

export function fakeSensors(now: number): FakeSensor[] {
  const make = (
    id: string,
    kind: string,
    zh: string,
    en: string,
    unit: string,
    from: number,
    to: number,
  ): FakeSensor => {
    const recent = Array.from({ length: 90 }, (_, i): [number, number] => {
      const part = i / 89;
      return [now - 1200 - (89 - i) * 8000, from + (to - from) * part ** 1.6 + Math.sin(i / 3) * (to - from) * 0.03];
    });
    const place = { lon: PLACE.lon, lat: PLACE.lat };
    return { entry: { id, kind, name: { zh, en }, unit, place }, recent };
  };
  return [
    make('WL-001', 'water-level', '滨河路下穿水位计', 'Binhe Road underpass water level', 'm', 0.04, 0.61),
    make('RG-001', 'rain', '滨河路下穿雨量站', 'Binhe Road underpass rain gauge', 'mm/h', 4, 58),
  ];
}

/** Cameras in every state. */
export function fakeCameraHealth(now: number, ids: readonly string[]): CameraHealthView[] {
  const states: CameraHealthView['state'][] = ['live', 'gone', 'preparing', 'connecting'];
  return ids.map((camera, i) => ({
    camera,
    state: states[i % states.length] ?? 'live',
    since: now - 5 * MINUTE,
    codec: i % 4 === 0 ? 'h264' : null,
    mode: i % 4 === 0 ? 'h264' : null,
    lastFrameAt: i % 4 === 0 ? now - 40 : null,
    dropped: 0,
    attempts: i % 4 === 3 ? 3 : 1,
    error: i % 4 === 1 ? { code: 'not-found', detail: '404 Stream Not Found' } : null,
  }));
}

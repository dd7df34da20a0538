import { complaint, oneOf } from '../complaint.ts';
import type { Text } from '../words.ts';
import { type Condition, isAboutIncident, ONLY } from './conditions.ts';
import { type Action, ScriptShape } from './scriptShape.ts';

/** A drill as written in resources/drills/*.yaml; shape and references are checked, each fault with its remedy. */
export const DrillScript = ScriptShape.superRefine((script, ctx) => {
  const complain: Complaint = (path, said, remedy) =>
    ctx.addIssue({ code: 'custom', path, ...complaint(said, remedy) });
  checkCurves(script, complain);
  checkSeats(script, complain);
  checkActions(script, complain);
  checkAbout(script, complain);
});
export type DrillScript = ScriptShape;
/** The part of a script that a simulator plays. */
export type DrillWeather = Pick<DrillScript, 'seed' | 'sensors' | 'injects'> &
  Partial<Pick<DrillScript, 'actions' | 'expect'>>;
/** A pause of the weather, in drill seconds. */
export type WeatherHold = NonNullable<DrillScript['handsOn']>;

type Complaint = (path: (string | number)[], said: Text, remedy: Text) => void;

function checkCurves(script: ScriptShape, complain: Complaint): void {
  script.sensors.forEach(({ curve }, i) => {
    curve.forEach(([second], j) => {
      const before = curve[j - 1]?.[0];
      if (before === undefined || second > before) return;
      complain(
        ['sensors', i, 'curve', j],
        { zh: `第 ${second} 秒排在第 ${before} 秒之后`, en: `second ${second} comes after ${before}` },
        { zh: '请按时间先后写各点', en: 'Write the points in order of time.' },
      );
    });
  });
}

function checkSeats(script: ScriptShape, complain: Complaint): void {
  const seats = new Set<string>();
  const departments = new Map<string, string>();
  script.seats.forEach(({ station, seat, departments: mine }, i) => {
    const key = `${station}/${seat}`;
    if (seats.has(key)) {
      const twice = { zh: `席位 ${key} 写了两次`, en: `seat ${key} is there twice` };
      complain(['seats', i], twice, { zh: '请合并为一项', en: 'Join the two.' });
    }
    seats.add(key);
    mine.forEach((department, j) => {
      const other = departments.get(department);
      if (other !== undefined) {
        const twice = { zh: `${department} 也在席位 ${other}`, en: `${department} sits at ${other} as well` };
        const remedy = { zh: '请把每个部门只分给一个席位', en: 'Give each department to one seat.' };
        complain(['seats', i, 'departments', j], twice, remedy);
      }
      departments.set(department, key);
    });
  });
  for (const [about, expected] of Object.entries(script.expect.incidents)) {
    expected.departments.forEach((department, i) => {
      if (departments.has(department)) return;
      const path = [...expectPath(about), 'departments', i];
      complain(
        path,
        { zh: `没有席位代表部门 ${department}`, en: `no seat acts for ${department}` },
        { zh: '请把它加到某个席位的 departments 中', en: 'Add it to the `departments` of a seat.' },
      );
    });
  }
}

const expectPath = (about: string) => (about === ONLY ? ['expect'] : ['expect', 'incidents', about]);

function checkActions(script: ScriptShape, complain: Complaint): void {
  const seats = new Set(script.seats.map(({ station, seat }) => `${station}/${seat}`));
  const stations = new Set(script.seats.map(({ station }) => station));
  const earlier = new Set<string>();
  const checkConditions = (conditions: Condition[] | undefined, path: (string | number)[]) => {
    conditions?.forEach(({ station }, i) => {
      if (station === undefined || stations.has(station)) return;
      const none = { zh: `没有工作站 ${station}`, en: `there is no station ${station}` };
      complain([...path, i, 'station'], none, oneOf(stations));
    });
  };
  script.actions.forEach((action, i) => {
    const { station, seat, after, id, when, at } = action;
    if (!seats.has(`${station}/${seat}`)) {
      complain(
        ['actions', i, 'seat'],
        { zh: `工作站 ${station} 没有席位 ${seat}`, en: `there is no seat ${seat} at station ${station}` },
        { zh: '请在 seats 下加上它', en: 'Add it under `seats`.' },
      );
    }
    if (after !== undefined && !earlier.has(after.action)) {
      complain(
        ['actions', i, 'after', 'action'],
        { zh: `前面没有编号为 ${after.action} 的动作`, en: `no earlier action has the id ${after.action}` },
        { zh: '请给前面的动作加上此 id，或改正名称', en: 'Give an earlier action that `id`, or correct the name.' },
      );
    }
    if (at === undefined && after === undefined && when === undefined) {
      const never = { zh: '没有写明时机', en: 'does not say when' };
      complain(['actions', i], never, { zh: '请加上 at、after 或 when', en: 'Add `at`, `after` or `when`.' });
    }
    checkConditions(when, ['actions', i, 'when']);
    if (id === undefined) return;
    if (earlier.has(id)) {
      const twice = { zh: `编号 ${id} 用了两次`, en: `${id} is there twice` };
      complain(['actions', i, 'id'], twice, { zh: '请改其中一个', en: 'Rename one of them.' });
    }
    earlier.add(id);
  });
  for (const [name, { finishWhen }] of Object.entries(script.steps))
    checkConditions(finishWhen, ['steps', name, 'finishWhen']);
}

/** What an action, a condition or a step's own rule is about is an incident that the script opens. */
function checkAbout(script: ScriptShape, complain: Complaint): void {
  const opened = new Set(script.actions.filter(opensIncident).map(({ about = ONLY }) => about));
  // A script may be played where somebody else opens the incident: then there is the one.
  if (opened.size === 0) opened.add(ONLY);
  const noneOpens = (about: string) => ({
    zh: `没有动作建立事件 ${about}`,
    en: `no action opens an incident ${about}`,
  });
  const needOpened = (about: string | undefined, path: (string | number)[]) => {
    if (opened.has(about ?? ONLY)) return;
    if (about !== undefined) {
      complain([...path, 'about'], noneOpens(about), oneOf(opened));
      return;
    }
    const names = [...opened];
    complain(
      path,
      { zh: '没有写明是哪个事件', en: 'does not say which incident' },
      { zh: `请加上 about，写其中之一：${names.join('、')}`, en: `Add \`about\`: one of ${names.join(', ')}.` },
    );
  };
  const needOpenedIn = (conditions: readonly Condition[] | undefined, path: (string | number)[]) => {
    conditions?.forEach((condition, i) => {
      if (isAboutIncident(condition)) needOpened(condition.about, [...path, i]);
    });
  };
  script.actions.forEach((action, i) => {
    if (isOfIncident(action)) needOpened(action.about, ['actions', i]);
    needOpenedIn(action.when, ['actions', i, 'when']);
  });
  for (const [name, { finishWhen }] of Object.entries(script.steps)) {
    needOpenedIn(finishWhen, ['steps', name, 'finishWhen']);
    const about = name.split('/').at(-2);
    if (about === undefined || opened.has(about)) continue;
    const names = [...opened];
    complain(['steps', name], noneOpens(about), {
      zh: `请在斜杠前写其中之一：${names.join('、')}`,
      en: `Write one of: ${names.join(', ')}, before the slash.`,
    });
  }
  for (const about of opened) {
    if (Object.hasOwn(script.expect.incidents, about)) continue;
    complain(
      ['expect'],
      { zh: `没有写明对 ${about} 的预期`, en: `nothing is expected of ${about}` },
      { zh: '请在 incidents 下加上它', en: 'Add it under `incidents`.' },
    );
  }
  for (const about of Object.keys(script.expect.incidents)) {
    if (!opened.has(about)) complain(expectPath(about), noneOpens(about), oneOf(opened));
  }
}

const AT_STATION = ['acknowledge-alarm', 'cut', 'mend'] as const;
type OfIncident = Exclude<Action, { do: (typeof AT_STATION)[number] }>;

/** Whether an action is done to an incident or its run. */
function isOfIncident(action: Action): action is OfIncident {
  return !(AT_STATION as readonly string[]).includes(action.do);
}

/** Whether an action makes an incident. */
function opensIncident(action: Action): action is Extract<Action, { do: 'open-incident' | 'open-by-hand' }> {
  return action.do === 'open-incident' || action.do === 'open-by-hand';
}

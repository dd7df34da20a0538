import { type Condition, isAboutIncident, ONLY } from './conditions.ts';
import { type Action, ScriptShape } from './scriptShape.ts';

/** A drill as written in resources/drills/*.yaml; shape and references are checked, each fault with its remedy. */
export const DrillScript = ScriptShape.superRefine((script, ctx) => {
  const complain = (path: (string | number)[], message: string, remedy: string) =>
    ctx.addIssue({ code: 'custom', path, message, params: { remedy } });
  checkCurves(script, complain);
  checkSeats(script, complain);
  checkActions(script, complain);
  checkAbout(script, complain);
});
export type DrillScript = ScriptShape;
/** The part of a script that the drill city plays. */
export type DrillWeather = Pick<DrillScript, 'seed' | 'sensors' | 'injects'> &
  Partial<Pick<DrillScript, 'actions' | 'expect'>>;
/** A pause of the weather, in drill seconds. */
export type WeatherHold = NonNullable<DrillScript['handsOn']>;

type Complaint = (path: (string | number)[], message: string, remedy: string) => void;

function checkCurves(script: ScriptShape, complain: Complaint): void {
  script.sensors.forEach(({ curve }, i) => {
    curve.forEach(([second], j) => {
      const before = curve[j - 1]?.[0];
      if (before === undefined || second > before) return;
      complain(
        ['sensors', i, 'curve', j],
        `second ${second} comes after ${before}`,
        'Write the points in order of time.',
      );
    });
  });
}

function checkSeats(script: ScriptShape, complain: Complaint): void {
  const seats = new Set<string>();
  const departments = new Map<string, string>();
  script.seats.forEach(({ station, seat, departments: mine }, i) => {
    const key = `${station}/${seat}`;
    if (seats.has(key)) complain(['seats', i], `seat ${key} is there twice`, 'Join the two.');
    seats.add(key);
    mine.forEach((department, j) => {
      const other = departments.get(department);
      if (other !== undefined) {
        const remedy = 'Give each department to one seat.';
        complain(['seats', i, 'departments', j], `${department} sits at ${other} as well`, remedy);
      }
      departments.set(department, key);
    });
  });
  for (const [about, expected] of Object.entries(script.expect.incidents)) {
    expected.departments.forEach((department, i) => {
      if (departments.has(department)) return;
      const path = [...expectPath(about), 'departments', i];
      complain(path, `no seat acts for ${department}`, 'Add it to the `departments` of a seat.');
    });
  }
}

const expectPath = (about: string) => (about === ONLY ? ['expect'] : ['expect', 'incidents', about]);

function checkActions(script: ScriptShape, complain: Complaint): void {
  const seats = new Set(script.seats.map(({ station, seat }) => `${station}/${seat}`));
  const stations = new Set(script.seats.map(({ station }) => station));
  const known = [...stations].join(', ');
  const earlier = new Set<string>();
  const checkConditions = (conditions: Condition[] | undefined, path: (string | number)[]) => {
    conditions?.forEach(({ station }, i) => {
      if (station === undefined || stations.has(station)) return;
      complain([...path, i, 'station'], `there is no station ${station}`, `Write one of: ${known}.`);
    });
  };
  script.actions.forEach((action, i) => {
    const { station, seat, after, id, when, at } = action;
    if (!seats.has(`${station}/${seat}`)) {
      complain(['actions', i, 'seat'], `there is no seat ${seat} at station ${station}`, 'Add it under `seats`.');
    }
    if (after !== undefined && !earlier.has(after.action)) {
      const remedy = 'Give an earlier action that `id`, or correct the name.';
      complain(['actions', i, 'after', 'action'], `no earlier action has the id ${after.action}`, remedy);
    }
    if (at === undefined && after === undefined && when === undefined) {
      complain(['actions', i], 'does not say when', 'Add `at`, `after` or `when`.');
    }
    checkConditions(when, ['actions', i, 'when']);
    if (id === undefined) return;
    if (earlier.has(id)) complain(['actions', i, 'id'], `${id} is there twice`, 'Rename one of them.');
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
  const names = [...opened].join(', ');
  const needOpened = (about: string | undefined, path: (string | number)[]) => {
    if (opened.has(about ?? ONLY)) return;
    if (about === undefined) complain(path, 'does not say which incident', `Add \`about\`: one of ${names}.`);
    else complain([...path, 'about'], `no action opens an incident ${about}`, `Write one of: ${names}.`);
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
    if (about !== undefined && !opened.has(about))
      complain(['steps', name], `no action opens an incident ${about}`, `Write one of: ${names}, before the slash.`);
  }
  for (const about of opened) {
    if (Object.hasOwn(script.expect.incidents, about)) continue;
    complain(['expect'], `nothing is expected of ${about}`, `Add it under \`incidents\`.`);
  }
  for (const about of Object.keys(script.expect.incidents)) {
    if (!opened.has(about))
      complain(expectPath(about), `no action opens an incident ${about}`, `Write one of: ${names}.`);
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

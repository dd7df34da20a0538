import { own } from '../own.ts';
import type { Text } from '../words.ts';

/** What the departments of a city are called where nobody says otherwise, by their ids. */
export const USUAL_DEPARTMENTS: Readonly<Record<string, Text>> = {
  police: { zh: '公安', en: 'Police' },
  fire: { zh: '消防', en: 'Fire' },
  medical: { zh: '急救', en: 'Medical' },
  traffic: { zh: '交警', en: 'Traffic police' },
  urban: { zh: '城管', en: 'Urban management' },
  environment: { zh: '生态环境', en: 'Environment' },
  water: { zh: '水务', en: 'Water' },
  emergency: { zh: '应急', en: 'Emergency' },
  transport: { zh: '交通', en: 'Transport' },
  health: { zh: '卫健', en: 'Health' },
  power: { zh: '供电', en: 'Power' },
  gas: { zh: '燃气', en: 'Gas' },
  community: { zh: '街道社区', en: 'Community' },
  hotline: { zh: '12345 热线', en: '12345 hotline' },
};

const SEATS: Readonly<Record<string, Text>> = {
  duty: { zh: '值班员', en: 'Duty officer' },
  deputy: { zh: '副值班员', en: 'Deputy officer' },
  commander: { zh: '指挥长', en: 'Incident commander' },
  wall: { zh: '大屏', en: 'Wall' },
  drill: { zh: '导调', en: 'Drill control' },
};

const RULE: Text = { zh: '告警规则', en: 'Alarm rule' };
const FEED: Text = { zh: '数据源', en: 'Feed' };
const HALL: Text = { zh: '系统', en: 'System' };

/** What a hall calls its own departments, by their ids. */
export type DepartmentNames = ReadonlyMap<string, Text>;

/** A department's name; its id where there is no word. */
export function departmentName(department: string, names?: DepartmentNames): Text {
  return names?.get(department) ?? own(USUAL_DEPARTMENTS, department) ?? { zh: department, en: department };
}

/** Who decided, as people are told: a seat, a department's seat, a rule, a feed, or the hall itself. */
export function actorName(actor: string, names?: DepartmentNames): Text {
  if (/^rule[.:]/.test(actor)) return RULE;
  if (/^feed[.:]/.test(actor)) return FEED;
  // `timer` in ledgers of before.
  if (/^hall\./.test(actor) || actor === 'timer') return HALL;
  const seat = actor.replace(/^seat[:.]/, '');
  return own(SEATS, seat) ?? departmentName(seat, names);
}

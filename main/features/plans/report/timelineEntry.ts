import type { TimelineEntry } from '../../../../contract/features/plans.ts';
import { nameOfActor } from '../../../../core/ledger/actor.ts';
import type { LedgerEvent } from '../../../../core/ledger/envelope.ts';
import { own } from '../../../../core/own.ts';
import type { PlanTemplate } from '../../../../core/plans/template.ts';
import { NUMERAL, type Text } from '../../../../core/words.ts';

/** Names of the plans of other runs, by run; null where that is not known. */
export type PlanNames = (run: string) => Text | null;

type Sentence = (body: Record<string, unknown>, plan: PlanTemplate | null, nameOf: PlanNames) => Text;

/** The numeral of a body's level; none for what is no level. */
const numeral = (level: unknown): string => own(NUMERAL, String(level)) ?? '';

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function title(plan: PlanTemplate | null, body: Record<string, unknown>): Text {
  const id = text(body.step);
  return plan?.steps.find((step) => step.id === id)?.title ?? { zh: id, en: id };
}

function names(value: unknown): Text {
  const t = value as Partial<Text> | undefined;
  return { zh: t?.zh ?? '', en: t?.en ?? '' };
}

function aboutStep(
  zh: string,
  en: string,
  extra?: (body: Record<string, unknown>, plan: PlanTemplate | null) => Text,
): Sentence {
  return (body, plan) => {
    const step = title(plan, body);
    const more = extra?.(body, plan);
    return {
      zh: `${zh}“${step.zh}”${more?.zh ? `：${more.zh}` : ''}`,
      en: `${en} “${step.en}”${more?.en ? `: ${more.en}` : ''}`,
    };
  };
}

const same = (value: unknown): Text => ({ zh: text(value), en: text(value) });

/** What each event says to a person. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  'alarm.raised': (b) => {
    const t = names(b.title);
    const level = numeral(b.level);
    return {
      zh: `${level} 级告警：${t.zh}（${b.value} ${b.unit}）`,
      en: `Level ${level} alarm: ${t.en} (${b.value} ${b.unit})`,
    };
  },
  'alarm.held': () => ({
    zh: '另一工作站的规则也认为告警成立',
    en: 'The rule of another station holds the alarm up too',
  }),
  'alarm.acknowledged': () => ({ zh: '告警已确认', en: 'Alarm acknowledged' }),
  'alarm.cleared': (b) =>
    b.withdrawn === true
      ? { zh: `告警撤除：${text(b.reason)}`, en: `Alarm withdrawn: ${text(b.reason)}` }
      : { zh: `告警解除（${b.value}）`, en: `Alarm cleared (${b.value})` },
  'alarm.shelved': (b) => ({ zh: `告警搁置：${text(b.reason)}`, en: `Alarm shelved: ${text(b.reason)}` }),
  'alarm.unshelved': () => ({ zh: '告警恢复显示', en: 'Alarm unshelved' }),
  'alarm.linked': () => ({ zh: '转为突发事件', en: 'Became an incident' }),
  'incident.opened': (b) => ({ zh: `突发事件立案：${names(b.title).zh}`, en: `Incident opened: ${names(b.title).en}` }),
  'incident.level-changed': (b) => ({
    zh: `响应等级调整为 ${numeral(b.level)} 级：${text(b.reason)}`,
    en: `Response level set to ${numeral(b.level)}: ${text(b.reason)}`,
  }),
  'incident.noted': (b) => same(b.text),
  'incident.plan-launched': (b, plan, nameOf) => {
    if (plan !== null && b.plan === plan.plan)
      return { zh: '同一预案另有一次启动', en: 'The same plan was launched another time' };
    const name = nameOf(text(b.run));
    return {
      zh: `启动另一预案${name ? `：${name.zh}` : ''}`,
      en: `Another plan was launched${name ? `: ${name.en}` : ''}`,
    };
  },
  'incident.closed': (b) => ({ zh: `事件结束：${text(b.reason)}`, en: `Incident closed: ${text(b.reason)}` }),
  'incident.taken': () => ({ zh: '接手该事件', en: 'Took the incident in hand' }),
  'incident.alarm-joined': () => ({ zh: '并入一条告警', en: 'An alarm joined' }),
  'incident.reopened': (b) => ({
    zh: `事件重新打开：${text(b.reason)}`,
    en: `Incident opened again: ${text(b.reason)}`,
  }),
  'incident.merged': () => ({ zh: '并入先立的事件', en: 'Merged into the incident opened earlier' }),
  'incident.split': () => ({ zh: '从合并的事件中拆分出来', en: 'Split off the incident it was merged into' }),
  'call.came': (b) => names(b.text),
  'call.retold': (b) => (b.over === true ? { zh: '来源系统已办结', en: 'Its system is done with it' } : names(b.text)),
  'call.answered': (b) =>
    b.incident === null ? { zh: '来电已知悉', en: 'Call noted' } : { zh: '来电已立项', en: 'Call became an incident' },
  'run.launched': (_b, plan) => ({
    zh: `启动预案：${plan?.name.zh ?? ''}`,
    en: `Plan launched: ${plan?.name.en ?? ''}`,
  }),
  'step.acknowledged': aboutStep('签收', 'Acknowledged'),
  'step.started': aboutStep('开始', 'Started'),
  'step.finished': aboutStep('完成', 'Finished', (b) => same(b.note)),
  'step.skipped': aboutStep('跳过', 'Skipped', (b) => same(b.reason)),
  'step.decided': aboutStep('决定', 'Decided', (b, plan) => {
    const step = plan?.steps.find((s) => s.id === b.step);
    return step?.options.find((option) => option.id === b.option)?.title ?? same(b.option);
  }),
  'step.overdue': aboutStep('超时', 'Overdue', (b) =>
    b.which === 'acknowledge'
      ? { zh: '未按时签收', en: 'not acknowledged in time' }
      : { zh: '未按时完成', en: 'not finished in time' },
  ),
  'step.reopened': aboutStep('重新打开', 'Opened again', (b) => same(b.reason)),
  'step.unit-assigned': aboutStep('派出力量', 'Unit sent for', (b) => same(b.name)),
  'step.unit-released': aboutStep('撤回力量', 'Unit released from', (b) => same(b.name)),
  'run.ended': (b) =>
    b.outcome === 'all-clear'
      ? { zh: `警报解除：${text(b.reason)}`, en: `All-clear: ${text(b.reason)}` }
      : { zh: `预案中止：${text(b.reason)}`, en: `Run aborted: ${text(b.reason)}` },
  'run.reopened': (b) => ({ zh: `恢复执行：${text(b.reason)}`, en: `Goes on: ${text(b.reason)}` }),
  'run.rated': (b) => {
    const words = text(b.words);
    return {
      zh: `评价 ${b.stars}/5${words && `：${words}`}`,
      en: `Rated ${b.stars}/5${words && `: ${words}`}`,
    };
  },
  'conflict.seen': () => ({ zh: '冲突已阅', en: 'Conflict seen' }),
};

/** One line of a run's timeline. An event this version does not know is shown by its type, never left out. */
export function timelineEntry(
  event: LedgerEvent,
  plan: PlanTemplate | null,
  nameOf: PlanNames = () => null,
): TimelineEntry {
  const { id, at, hlc, station, actor, type, subject } = event;
  const sentence = own(SENTENCES, type);
  return {
    id,
    at,
    hlc,
    station,
    actor: nameOfActor(actor),
    type,
    subject,
    text: sentence ? sentence(event.body, plan, nameOf) : same(type),
  };
}

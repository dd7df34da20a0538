import type { TimelineEntry } from '../../../../contract/features/plans.ts';
import type { Incident } from '../../../../core/incidents/incident.ts';
import { levelOf } from '../../../../core/incidents/incident.ts';
import type { Conflict } from '../../../../core/ledger/register.ts';
import type { PlanRun } from '../../../../core/plans/run.ts';
import { NUMERAL } from '../../../../core/words.ts';
import { runView } from '../view.ts';
import { escapeHtml, page } from './page.ts';
import { timesIn, zoneName } from './times.ts';

type Lang = 'zh-CN' | 'en';

const WORDS = {
  'zh-CN': {
    title: '联动处置报告',
    incident: '事件',
    place: '地点',
    level: '响应等级',
    opened: '立案',
    launched: '启动',
    ended: '结束',
    running: '执行中',
    steps: '任务',
    lane: '部门',
    step: '任务',
    state: '状态',
    acknowledged: '签收',
    finished: '完成',
    by: '席位@工作站',
    timeline: '时间线',
    time: '时间',
    what: '经过',
    conflicts: '冲突',
    none: '无',
    stands: '采用',
    made: '生成于',
    zone: (name: string) => `时间均为${name}，其后注明与协调世界时之差`,
    states: {
      done: '完成',
      skipped: '跳过',
      'not-taken': '未执行',
      waiting: '等待',
      ready: '待签收',
      acknowledged: '已签收',
      started: '进行中',
    },
  },
  en: {
    title: 'Joint response report',
    incident: 'Incident',
    place: 'Place',
    level: 'Response level',
    opened: 'Opened',
    launched: 'Launched',
    ended: 'Ended',
    running: 'running',
    steps: 'Steps',
    lane: 'Department',
    step: 'Step',
    state: 'State',
    acknowledged: 'Acknowledged',
    finished: 'Finished',
    by: 'Seat@station',
    timeline: 'Timeline',
    time: 'Time',
    what: 'What happened',
    conflicts: 'Conflicts',
    none: 'none',
    stands: 'stands',
    made: 'Made',
    zone: (name: string) => `All times are in ${name}; beside each stands its offset from UTC`,
    states: {
      done: 'done',
      skipped: 'skipped',
      'not-taken': 'not taken',
      waiting: 'waiting',
      ready: 'ready',
      acknowledged: 'acknowledged',
      started: 'started',
    },
  },
} as const;

/** A file name that says which run it is of. */
export function reportName(run: PlanRun): string {
  return `opshall-${run.plan?.plan ?? 'run'}-${run.id.replace(/[^\w-]/g, '_')}.html`;
}

function conflictRows(conflicts: readonly Conflict[], stands: string, time: (at: number) => string): string {
  return conflicts
    .map((conflict) => {
      const values = conflict.values
        .map((v, i) => {
          const chosen = i === conflict.stands ? ` <b>(${stands})</b>` : '';
          const who = `${escapeHtml(v.by.actor)}@${escapeHtml(v.by.station)} ${time(v.by.at)}`;
          return `${escapeHtml(v.value)}${chosen} — ${who}`;
        })
        .join('<br>');
      return `<tr><td>${escapeHtml(conflict.field)}</td><td>${values}</td><td>${escapeHtml(conflict.rule)}</td></tr>`;
    })
    .join('');
}

/** The report of one run as a page that needs nothing else: for the file, for printing, for the handover. */
export function runReport(report: {
  run: PlanRun;
  incident: Incident;
  entries: readonly TimelineEntry[];
  lang: Lang;
  station: string;
  /** IANA name of the zone its times are told in. */
  zone: string;
  madeAt: number;
}): string {
  const { run, incident, entries, lang, station, zone, madeAt } = report;
  const time = timesIn(zone);
  const words = WORDS[lang];
  const view = runView(run);
  const name = lang === 'en' ? 'en' : 'zh';
  const steps = (view?.steps ?? [])
    .map((step) => {
      const who = step.finished ? `${step.finished.actor}@${step.finished.station}` : '';
      const cells = [
        view?.lanes.find((lane) => lane.id === step.lane)?.title[name] ?? step.lane,
        step.title[name],
        words.states[step.state],
        step.acknowledged ? time(step.acknowledged.at) : '',
        step.finished ? time(step.finished.at) : '',
        who,
      ];
      return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
    })
    .join('');
  const timeline = entries
    .map(
      (e) =>
        `<tr><td class="t">${time(e.at)}</td><td>${escapeHtml(e.text[name])}</td><td>${escapeHtml(`${e.actor}@${e.station}`)}</td></tr>`,
    )
    .join('');
  const conflicts = [...run.conflicts, ...incident.conflicts];
  const facts: [string, string][] = [
    [words.incident, incident.title[name]],
    [words.place, incident.place.name[name]],
    [words.level, incident.state === 'unknown' ? '' : NUMERAL[levelOf(incident).value]],
    [words.opened, incident.state === 'unknown' ? '' : time(incident.openedAt)],
    [words.launched, run.launched ? `${time(run.launched.at)} ${run.launched.actor}@${run.launched.station}` : ''],
    [words.ended, run.ended ? `${time(run.ended.at)} ${run.ended.actor}@${run.ended.station}` : words.running],
    [words.steps, view ? `${view.done}/${view.total}` : ''],
  ];
  const body = `<h1>${escapeHtml(view?.name[name] ?? '')}</h1>
<p class="sub">${words.title} · ${escapeHtml(station)} · ${words.made} ${time(madeAt)}<br>${escapeHtml(words.zone(zoneName(zone, lang, madeAt)))}</p>
<dl>${facts.map(([k, v]) => `<dt>${k}</dt><dd>${escapeHtml(v)}</dd>`).join('')}</dl>
<h2>${words.steps}</h2>
<table><thead><tr><th>${words.lane}</th><th>${words.step}</th><th>${words.state}</th><th>${words.acknowledged}</th><th>${words.finished}</th><th>${words.by}</th></tr></thead><tbody>${steps}</tbody></table>
<h2>${words.conflicts}</h2>
${conflicts.length === 0 ? `<p>${words.none}</p>` : `<table><tbody>${conflictRows(conflicts, words.stands, time)}</tbody></table>`}
<h2>${words.timeline}</h2>
<table><thead><tr><th>${words.time}</th><th>${words.what}</th><th>${words.by}</th></tr></thead><tbody>${timeline}</tbody></table>`;
  return page(view?.name[name] ?? words.title, lang, body);
}

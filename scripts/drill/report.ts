import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QueryRow, TopicItem } from '../../contract/index.ts';
import { ONLY } from '../../core/drills/conditions.ts';
import type { DrillScript } from '../../core/drills/script.ts';
import { type Level, NUMERAL, type Text } from '../../core/words.ts';
import { escapeHtml, page } from '../../main/features/plans/report/page.ts';
import type { DrillReport, IncidentReport } from './rehearse.ts';

/** What the hall shows of one incident at the end, and its own report of the run, by language. */
export interface ShownIncident {
  incident: QueryRow<'incidents.one'> | undefined;
  run: TopicItem<'runs'> | undefined;
  runHtml: Readonly<Record<Lang, string>> | null;
}

const LANGS = ['zh', 'en'] as const;
type Lang = (typeof LANGS)[number];

const WORDS = {
  zh: {
    ...{ verdict: '结论', passed: '通过', failed: '未通过', steps: '任务', departments: '部门', plan: '预案' },
    ...{ apart: '断网', converged: '两站数据', took: '用时', seconds: '秒', faults: '未达预期', conflicts: '冲突' },
    ...{
      of: '事项',
      decided: '两地所定',
      stands: '采用',
      none: '无',
      level: '响应等级',
      place: '地点',
      incident: '事件',
    },
    ...{ run: '预案执行经过', other: 'English', between: '、', or: ' ／ ' },
    levels: { 1: 'I 级（特别重大）', 2: 'II 级（重大）', 3: 'III 级（较大）', 4: 'IV 级（一般）' },
    values: { done: '完成', skipped: '跳过', open: '处置中', closed: '已关闭' } as Record<string, string>,
    wrote: (a: number, b: number) => `，期间 A 站记录 ${a} 条，B 站记录 ${b} 条`,
    same: (digest: string) => `一致（摘要 ${digest}）`,
    differ: (a: string, b: string) => `不一致（${a} ≠ ${b}）`,
  },
  en: {
    ...{
      verdict: 'Verdict',
      passed: 'Passed',
      failed: 'Failed',
      steps: 'Steps',
      departments: 'Departments',
      plan: 'Plan',
    },
    ...{ apart: 'Apart', converged: 'The two stations', took: 'Took', seconds: 's', faults: 'Not as expected' },
    ...{
      conflicts: 'Conflicts',
      of: 'About',
      decided: 'Decided',
      stands: 'Stands',
      none: 'none',
      level: 'Response level',
    },
    ...{ place: 'Place', incident: 'Incident', run: 'The run, step by step', other: '中文', between: ', ', or: ' / ' },
    levels: NUMERAL,
    values: { done: 'done', skipped: 'skipped', open: 'open', closed: 'closed' } as Record<string, string>,
    wrote: (a: number, b: number) => `, meanwhile A wrote ${a} events and B ${b}`,
    same: (digest: string) => `hold the same (digest ${digest})`,
    differ: (a: string, b: string) => `differ (${a} ≠ ${b})`,
  },
} as const;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${row(head, 'th')}</thead><tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`;
}

function facts(list: readonly (readonly [string, string])[]): string {
  return `<dl>${list.map(([k, v]) => `<dt>${escapeHtml(k)}</dt><dd>${escapeHtml(v)}</dd>`).join('')}</dl>`;
}

/** What a conflict is about and what was decided, in the words of the plan. */
function inWords(
  run: ShownIncident['run'],
  lang: Lang,
  field: string,
): { of: string; value: (value: string) => string } {
  const words = WORDS[lang];
  if (field === 'level') return { of: words.level, value: (value) => words.levels[Number(value) as Level] ?? value };
  const step = run?.steps.find(({ id }) => field === `decision.${id}` || field === `step.${id}`);
  const option = (value: string): Text | undefined => step?.options.find(({ id }) => id === value)?.title;
  return {
    of: step?.title[lang] ?? field,
    value: (value) => option(value)?.[lang] ?? words.values[value] ?? value,
  };
}

const runFile = (about: string, lang: Lang) => `run${about === ONLY ? '' : `-${about}`}${ending(lang)}`;
const ending = (lang: Lang) => (lang === 'en' ? '.en.html' : '.html');

function incidentPart(report: IncidentReport, shown: ShownIncident, lang: Lang): string {
  const words = WORDS[lang];
  const { incident, run } = shown;
  const lanes = new Map(run?.lanes.map(({ department, title }) => [department, title[lang]]));
  const conflicts = report.conflicts.map(({ field, values, stands }) => {
    const said = inWords(run, lang, field);
    return [said.of, values.map(said.value).join(words.or), said.value(stands)];
  });
  const link = `<p><a href="${runFile(report.about, lang)}">${words.run}</a></p>`;
  return `<h2>${escapeHtml(incident?.title[lang] ?? words.incident)}</h2>
${facts([
  [words.place, incident?.place.name[lang] ?? ''],
  [words.level, incident ? words.levels[incident.level] : ''],
  [words.plan, run ? `${run.name[lang]} v${run.version}` : words.none],
  [words.steps, `${report.steps.done} / ${report.steps.total}`],
  [words.departments, report.departments.map((id) => lanes.get(id) ?? id).join(words.between)],
  ...(conflicts.length === 0 ? [[words.conflicts, words.none] as const] : []),
])}
${conflicts.length === 0 ? '' : `<h3>${words.conflicts}</h3>${table([words.of, words.decided, words.stands], conflicts)}`}
${shown.runHtml ? link : ''}`;
}

function drillPage(script: DrillScript, report: DrillReport, shown: readonly ShownIncident[], lang: Lang): string {
  const words = WORDS[lang];
  const { apart, digests, steps } = report;
  const [a = '', b = ''] = digests.map((digest) => digest.slice(0, 16));
  const parts = report.incidents.map((each, i) =>
    incidentPart(each, shown[i] ?? { incident: undefined, run: undefined, runHtml: null }, lang),
  );
  const other = `report${ending(lang === 'en' ? 'zh' : 'en')}`;
  return page(
    script.name[lang],
    lang === 'en' ? 'en' : 'zh-CN',
    `<h1>${escapeHtml(script.name[lang])}</h1><p class="sub"><a href="${other}">${words.other}</a></p>
${facts([
  [words.verdict, report.passed ? words.passed : words.failed],
  [words.steps, `${steps.done} / ${steps.total}`],
  [words.apart, `${apart.seconds} ${words.seconds}${words.wrote(apart.eventsA, apart.eventsB)}`],
  [words.converged, report.converged ? words.same(a) : words.differ(a, b)],
  [words.took, `${report.seconds} ${words.seconds}`],
])}
${report.faults.length > 0 ? `<h2>${words.faults}</h2><ul>${report.faults.map((f) => `<li>${escapeHtml(f)}</li>`).join('')}</ul>` : ''}
${parts.join('\n')}`,
  );
}

/**
 * Writes report.json, and in both languages the drill's report and the hall's own report of each run: `report.html` and `run.html` in
 * Chinese, `report.en.html` and `run.en.html` in English. Of several incidents each run has a page of its own, `run-<incident>.html`.
 *
 * @param shown what the hall shows, in the order of the report's incidents.
 */
export function writeReport(
  dir: string,
  script: DrillScript,
  report: DrillReport,
  shown: readonly ShownIncident[],
): void {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  for (const lang of LANGS) {
    writeFileSync(join(dir, `report${ending(lang)}`), drillPage(script, report, shown, lang));
    report.incidents.forEach(({ about }, i) => {
      const html = shown[i]?.runHtml?.[lang];
      if (html !== undefined) writeFileSync(join(dir, runFile(about, lang)), html);
    });
  }
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DrillScript } from '../../core/drills/script.ts';
import { escapeHtml, page } from '../../main/features/plans/report/page.ts';
import type { DrillReport } from './rehearse.ts';

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${row(head, 'th')}</thead><tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`;
}

function drillPage(script: DrillScript, report: DrillReport): string {
  const { steps, apart, digests } = report;
  const verdict = report.passed ? '通过 Passed' : '未通过 Failed';
  const facts: [string, string][] = [
    ['结论 Verdict', verdict],
    ['预案 Plan', report.plan],
    ['任务 Steps', `${steps.done} / ${steps.total}`],
    ['部门 Departments', report.departments.join('、')],
    ['断网 Apart', `${apart.seconds} s（A ${apart.eventsA} 条 events，B ${apart.eventsB} 条 events）`],
    [
      '一致 Converged',
      report.converged
        ? `是 yes · ${digests[0].slice(0, 16)}`
        : `否 no · ${digests.map((d) => d.slice(0, 16)).join(' ≠ ')}`,
    ],
    ['用时 Took', `${report.seconds} s`],
  ];
  const conflicts = report.conflicts.map((c) => [c.field, c.values.join(' ／ '), c.stands]);
  return page(
    script.name.zh,
    'zh-CN',
    `<h1>${escapeHtml(script.name.zh)}</h1><p class="sub">${escapeHtml(script.name.en)}</p>
<dl>${facts.map(([k, v]) => `<dt>${k}</dt><dd>${escapeHtml(v)}</dd>`).join('')}</dl>
${report.faults.length > 0 ? `<h2>未达预期 Not as expected</h2><ul>${report.faults.map((f) => `<li>${escapeHtml(f)}</li>`).join('')}</ul>` : ''}
<h2>冲突 Conflicts</h2>${table(['字段 Field', '两地所定 Decided', '采用 Stands'], conflicts)}
<p><a href="run.html">预案执行经过 The run, step by step</a></p>`,
  );
}

/** Writes report.json, report.html and, where there was a run, the hall's own report of it. */
export function writeReport(dir: string, script: DrillScript, report: DrillReport, runHtml: string | null): void {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(dir, 'report.html'), drillPage(script, report));
  if (runHtml !== null) writeFileSync(join(dir, 'run.html'), runHtml);
}

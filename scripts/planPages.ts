import type { PlanTemplate } from '../core/plans/template.ts';
import type { Text } from '../core/words.ts';

const both = ({ zh, en }: Text) => `${zh} ${en}`;

/** `90 s`, `5 min`, `2 h`; a dash where there is no limit. */
function duration(seconds: number | undefined): string {
  if (seconds === undefined) return '—';
  if (seconds >= 3600 && seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds >= 120 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

function planPart(plan: PlanTemplate): string {
  const lanes = new Map(plan.lanes.map(({ id, title }) => [id, title]));
  const numbers = new Map(plan.steps.map(({ id }, i) => [id, i + 1]));
  const rows = plan.steps.map(({ id, lane, title, detail, needs, when, options, acknowledge, finish, escalate }) => {
    const decision = plan.steps.find((step) => step.id === when?.step);
    const option = decision?.options.find((each) => each.id === when?.option);
    const chosen = decision && option ? [`${numbers.get(decision.id)}: ${both(option.title)}`] : [];
    const after = needs.filter((need) => need !== when?.step).map((need) => `${numbers.get(need)}`);
    const told =
      escalate === undefined ? undefined : plan.lanes.find(({ department }) => department === escalate)?.title;
    return [
      `${numbers.get(id)}`,
      both(lanes.get(lane) ?? { zh: lane, en: lane }),
      [
        `**${both(title)}**`,
        ...(detail ? [detail.zh, detail.en] : []),
        ...options.map((each) => `→ ${both(each.title)}`),
      ].join('<br>'),
      [...after, ...chosen].join(', ') || '—',
      `${duration(acknowledge)} / ${duration(finish)}`,
      told ? both(told) : '—',
    ];
  });
  const head = ['', '部门 department', '任务 step', '前置 after', '签收／完成 times', '超时上报 escalated'];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `## ${plan.name.zh} ${plan.name.en}`,
    `\`${plan.plan}\`, version ${plan.version}. ${plan.summary ? both(plan.summary) : ''}`,
    [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'),
  ].join('\n\n');
}

/** The page of docs that lists every step of the plans that ship, made from their files. */
export function planPage(plans: readonly PlanTemplate[]): string {
  const opening = `# The plans that ship, step by step

Made from \`resources/plans/*.yaml\` by \`scripts/planPages.test.ts\`; change those, then run it with \`-u\`. How they are written: [plans.md](plans.md).

A step is ready when all that stand under *前置 after* are settled; one with an option is taken only when that decision came out so. Times run from when
it is ready; then the department under *超时上报 escalated* is told.`;
  return `${[opening, ...plans.map(planPart)].join('\n\n')}\n`;
}

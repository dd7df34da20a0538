import { z } from 'zod';
import { WrittenText } from '../plainText.ts';
import { told } from '../told.ts';

/** Ids of plans, lanes, steps, options and departments. */
export const Name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'lower-case letters, digits and hyphens');

const UNIT_SECONDS = { s: 1, m: 60, h: 3600 } as const;

/** `90`, `90s`, `2m` or `1h` → seconds. */
export const Duration = z
  .union([z.number(), z.string().regex(/^\d+(\.\d+)?[smh]$/, 'a time such as 90s, 2m or 1h')])
  .transform((value) =>
    typeof value === 'number'
      ? value
      : Number.parseFloat(value) * UNIT_SECONDS[value.at(-1) as keyof typeof UNIT_SECONDS],
  )
  .pipe(
    z
      .number()
      .positive()
      .max(7 * 24 * 3600),
  );

/** One step of a plan, as written. */
export const PlanStep = z
  .object({
    id: Name,
    lane: Name,
    title: WrittenText,
    detail: WrittenText.optional(),
    kind: z.enum(['task', 'decision']).default('task'),
    needs: z.array(Name).max(50).default([]).meta(told('须先完成的任务', 'Steps that have to be done before.')),
    when: z
      .object({ step: Name, option: Name })
      .strict()
      .optional()
      .meta(told('只在此决策得出此选项时执行', 'Taken only when this decision came out so.')),
    acknowledge: Duration.optional().meta(
      told(
        '确认时限，自任务就绪起，例如 90s、2m',
        'Time to acknowledge, from when the step is ready, such as 90s or 2m.',
      ),
    ),
    finish: Duration.optional().meta(told('完成时限，自任务就绪起', 'Time to finish, from when the step is ready.')),
    escalate: Name.optional().meta(told('超时后通知的部门', 'Department told when it is overdue.')),
    options: z
      .array(z.object({ id: Name, title: WrittenText }).strict())
      .max(9)
      .default([]),
  })
  .strict();
export type PlanStep = z.infer<typeof PlanStep>;

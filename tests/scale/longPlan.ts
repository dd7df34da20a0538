import { PlanTemplate } from '../../core/plans/template.ts';

/** How the steps of a long plan hang together. */
export type Shape = 'wide' | 'chain' | 'web';
export const SHAPES: readonly Shape[] = ['wide', 'chain', 'web'];

const text = (en: string) => ({ zh: `【${en}】`, en });

function hangs(shape: Shape, i: number): object {
  if (shape === 'wide' || i === 0) return {};
  if (shape === 'chain') return { needs: [`s${i - 1}`] };
  // Decisions in a row, each hanging on the one before, all others on the fifty steps before them.
  const needs = Array.from({ length: Math.min(i, 50) }, (_, back) => `s${i - 1 - back}`);
  return i % 3 === 0 ? { needs, when: { step: `s${i - 3}`, option: 'yes' } } : { needs };
}

/** A sound plan of `steps` steps: side by side, one after another, or a web of decisions with fifty needs each. */
export function longPlan(shape: Shape, steps: number, detail = ''): PlanTemplate {
  return PlanTemplate.parse({
    plan: `${shape}-${steps}`,
    version: 1,
    status: 'approved',
    name: text(`${shape} ${steps}`),
    fits: { incidents: ['urban-flooding'], level: 4 },
    lanes: [{ id: 'duty', department: 'emergency', title: text('Duty') }],
    steps: Array.from({ length: steps }, (_, i) => ({
      ...{ id: `s${i}`, lane: 'duty', title: text(`Step ${i}`), ...hangs(shape, i) },
      ...(detail ? { detail: { zh: detail, en: detail } } : {}),
      ...(shape === 'web' && i % 3 === 0
        ? {
            kind: 'decision',
            options: [
              { id: 'yes', title: text('Yes') },
              { id: 'no', title: text('No') },
            ],
          }
        : {}),
    })),
  });
}

/** The same plan, counting how often anything looks at one of its steps. */
export function counted(plan: PlanTemplate): { plan: PlanTemplate; looks(): number } {
  let looks = 0;
  const steps = plan.steps.map((step) =>
    Object.defineProperty({ ...step }, 'id', {
      enumerable: true,
      get() {
        looks++;
        return step.id;
      },
    }),
  );
  return { plan: { ...plan, steps }, looks: () => looks };
}

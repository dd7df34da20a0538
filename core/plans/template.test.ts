import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Duration } from './planStep.ts';
import { MAX_PLAN_CHARS, PlanTemplate } from './template.ts';

const text = { zh: 'x', en: 'x' };
const good = {
  plan: 'p',
  version: 1,
  status: 'approved',
  name: text,
  fits: { incidents: ['fire'], level: 3 },
  lanes: [{ id: 'fire', department: 'fire', title: text }],
  steps: [
    { id: 'one', lane: 'fire', title: text },
    { id: 'two', lane: 'fire', title: text, needs: ['one'] },
  ],
};
const complaint = (change: (plan: typeof good) => unknown) => {
  const result = PlanTemplate.safeParse(change(structuredClone(good)));
  const issue = result.error?.issues[0];
  return issue && `${issue.path.join('.')}: ${issue.message}`;
};

describe('plan template', () => {
  test('takes a good plan', () => expect(PlanTemplate.safeParse(good).success).toBe(true));

  test.each([
    ['an unknown lane', { ...good.steps[0], lane: 'ice' }, 'steps.0.lane: there is no lane "ice"'],
    ['an unknown need', { ...good.steps[0], needs: ['zero'] }, 'steps.0.needs.0: there is no step "zero"'],
    ['a circle', { ...good.steps[0], needs: ['two'] }, 'steps.0.needs: "one" waits for itself in a circle of needs'],
    [
      'a decision without options',
      { ...good.steps[0], kind: 'decision' },
      'steps.0.options: a decision needs at least two options',
    ],
    [
      'a condition on a task',
      { ...good.steps[0], when: { step: 'two', option: 'a' } },
      'steps.0.when.step: "two" is not a decision',
    ],
    ['an id used twice', { ...good.steps[0], id: 'two' }, 'steps.1.id: "two" is used twice; every id must be its own'],
  ])('names the place of %s', (_what, first, expected) => {
    expect(complaint((plan) => ({ ...plan, steps: [first, plan.steps[1]] }))).toBe(expected);
  });

  test('times read like people write them', () => {
    expect(['90', '90s', '2m', '1.5h', 45].map((d) => Duration.safeParse(d).data)).toEqual([
      undefined,
      90,
      120,
      5400,
      45,
    ]);
  });

  test('the flood plan that ships is whole: six departments, about twenty steps, one decision', () => {
    const plan = PlanTemplate.parse(parse(readFileSync('resources/plans/urban-flooding.yaml', 'utf8')));
    expect(plan.lanes).toHaveLength(6);
    expect(plan.steps).toHaveLength(21);
    expect(plan.steps.filter((step) => step.kind === 'decision')).toHaveLength(1);
  });
});

test('a plan that is too large for one event is refused at the start, with what to do', () => {
  const text = (zh: string) => ({ zh, en: zh });
  const plan = (detail: number) => ({
    ...{ plan: 'long', version: 1, status: 'approved', name: text('Long') },
    fits: { incidents: ['fire'], level: 4 },
    lanes: [{ id: 'duty', department: 'duty', title: text('Duty') }],
    steps: Array.from({ length: 300 }, (_, i) => ({
      ...{ id: `s${i}`, lane: 'duty', title: text(`Step ${i}`), detail: text('水'.repeat(detail)) },
    })),
  });
  expect(PlanTemplate.safeParse(plan(350)).success).toBe(true);
  const { error } = PlanTemplate.safeParse(plan(430));
  expect(error?.issues).toMatchObject([
    {
      path: [],
      message: expect.stringContaining(`${MAX_PLAN_CHARS} characters`),
      params: { remedy: { zh: expect.stringContaining('缩短'), en: expect.stringContaining('Shorten') } },
    },
  ]);
});

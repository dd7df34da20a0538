import { z } from 'zod';
import { LevelBody, NameBody, TextBody } from '../bodies.ts';
import { graphOf } from './graph.ts';

const Seconds = z.number().positive();

const Step = z.object({
  id: NameBody,
  lane: NameBody,
  title: TextBody,
  detail: TextBody.optional(),
  kind: z.enum(['task', 'decision']),
  needs: z.array(NameBody).max(300),
  when: z.object({ step: NameBody, option: NameBody }).optional(),
  acknowledge: Seconds.optional(),
  finish: Seconds.optional(),
  escalate: NameBody.optional(),
  options: z.array(z.object({ id: NameBody, title: TextBody })).max(100),
});

/**
 * A plan as it is launched: what the engine needs to know of it, whatever else a newer station's plans may say. The schema of files
 * (template.ts) is strict, so that a slip of the pen is found; what has been launched is to be shown.
 */
export const LaunchedPlan = z
  .object({
    plan: NameBody,
    version: z.number().int().positive(),
    status: z.enum(['draft', 'approved', 'retired']),
    name: TextBody,
    summary: TextBody.optional(),
    fits: z.object({ incidents: z.array(NameBody), level: LevelBody }),
    lanes: z.array(z.object({ id: NameBody, department: NameBody, title: TextBody })).max(300),
    steps: z.array(Step).min(1).max(2000),
  })
  .refine(({ steps }) => new Set(steps.map((step) => step.id)).size === steps.length, 'an id is used twice')
  .refine((plan) => graphOf(plan).order.length === plan.steps.length, 'steps wait for each other in a circle');

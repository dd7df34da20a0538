import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PlanTemplate } from '../core/plans/template.ts';
import { readYaml } from '../main/config/readYaml.ts';
import { planPage } from './planPages.ts';
import { inProject, ROOT } from './project.ts';

test('the page of steps is what the plans say', async () => {
  const files = globSync('resources/plans/*.yaml', { cwd: ROOT }).sort();
  const plans = files.map((file) => readYaml(file, readFileSync(inProject(file), 'utf8'), PlanTemplate));
  await expect(planPage(plans)).toMatchFileSnapshot(inProject('docs/plan-steps.md'));
});

import { globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AlarmRules } from '../core/alarms/rules.ts';
import { unmet } from '../core/drills/outcome.ts';
import { DrillScript } from '../core/drills/script.ts';
import { PlanTemplate } from '../core/plans/template.ts';
import { readYaml } from '../main/config/readYaml.ts';
import { playOnPaper } from '../tests/fakes/paperDrill.ts';

const RESOURCES = resolve(import.meta.dirname, '..', 'resources');

/** What the product ships, by file name without its ending. */
function shipped<T>(folder: string, schema: Parameters<typeof readYaml<T>>[2]): Map<string, T> {
  const files = globSync('*.yaml', { cwd: join(RESOURCES, folder) }).sort();
  const read = (file: string) => readYaml(file, readFileSync(join(RESOURCES, folder, file), 'utf8'), schema);
  return new Map(files.map((file) => [basename(file, '.yaml'), read(file)]));
}

const plans = [...shipped('plans', PlanTemplate).values()];
const rules = [...shipped('rules', AlarmRules).values()].flatMap((file) => file.rules);
const drills = shipped('drills', DrillScript);

test('every plan is in a drill, and every drill has the name of its file', () => {
  const launched = [...drills.values()].flatMap(({ actions }) =>
    actions.flatMap((action) => (action.do === 'launch' ? [action.plan] : [])),
  );
  expect([...new Set(launched)].sort()).toEqual(plans.map(({ plan }) => plan).sort());
  for (const [file, { drill }] of drills) expect(drill).toBe(file);
});

describe.each([...drills])('the drill %s', (_name, script) => {
  const play = () => playOnPaper(script, { plans, rules });

  test('comes to exactly what it expects, in time', () => {
    const { outcome, log, pending } = play();
    expect(pending).toEqual([]);
    expect(unmet(script.expect, outcome), log.join('\n')).toEqual([]);
    expect(outcome.seconds).toBeLessThan(0.75 * script.expect.within);
  });

  test('is the same, action by action, when it is played again', () => {
    expect(play()).toEqual(play());
  });

  test('speaks of its departments’ seats alone, in both languages', () => {
    const texts = [script.name, ...script.injects.map(({ text }) => text)];
    for (const { zh, en } of texts) {
      expect(zh, en).toMatch(/\p{Script=Han}/u);
      expect(en, zh).not.toMatch(/\p{Script=Han}/u);
    }
  });
});

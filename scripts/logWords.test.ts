import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FEATURES } from '../main/features/index.ts';
import { declaredBy } from '../main/kernel/declared.ts';
import { inProject } from './project.ts';

test.each(['zh-CN', 'en'])(
  'the duty log has words in %s for every event that a hall writes, and for no other',
  (lang) => {
    const file = inProject(`renderer/features/shifts/words/${lang}.json`);
    const { event } = JSON.parse(readFileSync(file, 'utf8')) as { event: Record<string, string> };
    const written = declaredBy(FEATURES).families.flatMap(({ events }) => Object.keys(events));
    const keys = [...new Set(written)].map((type) => type.replace('.', '-'));
    expect(Object.keys(event).sort()).toEqual([...keys, 'other'].sort());
  },
);

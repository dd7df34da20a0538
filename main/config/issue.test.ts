import { expect, test } from 'vitest';
import { z } from 'zod';
import { describeIssue } from './issue.ts';

test('a key that is wrong is told with the form that it should have, a union by what its writer meant', () => {
  const found = (schema: z.ZodType, value: unknown) =>
    schema.safeParse(value).error?.issues.map((issue) => describeIssue(issue, ['doc']));
  const form = 'lower-case letters, digits and hyphens';
  expect(found(z.record(z.string().regex(/^[a-z]+$/, form), z.number()), { 'A B': 1 })).toEqual([
    {
      path: 'doc.A B',
      message: { zh: '此项的格式不对', en: form },
      remedy: { zh: '此处应为小写字母、数字与连字符', en: `Write \`A B\` as ${form}.` },
    },
  ]);
  const inner = z.union([z.strictObject({ one: z.number() }), z.strictObject({ two: z.number() })]);
  const either = z.union([z.number(), z.strictObject({ in: inner })]);
  expect(found(either, { in: { one: 'x' } })?.[0]?.path).toBe('doc.in.one');
});

import { expect, test } from 'vitest';
import { countTests, reasonsOf, summarize, type VitestReport } from './test-report.ts';

const report = (over: Partial<VitestReport>): VitestReport => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...over,
});

test('skipped and planned tests count as failed', () => {
  expect(countTests(report({ numPassedTests: 7, numPendingTests: 2, numTodoTests: 1 }), 0)).toEqual({
    passed: 7,
    failed: 3,
  });
});

test('a file that cannot be loaded counts as one failure, a file with failed tests only as those', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
  ];
  expect(countTests(report({ numPassedTests: 1, numFailedTests: 1, testResults }), 1)).toEqual({
    passed: 1,
    failed: 2,
  });
});

test('a run that ends badly is never all green', () => {
  expect(countTests(report({ numPassedTests: 3 }), 1)).toEqual({ passed: 3, failed: 1 });
  expect(countTests(undefined, 0)).toEqual({ passed: 0, failed: 1 });
});

test('the last line adds every check and test, and stands alone', () => {
  const { text, failed } = summarize([
    { name: 'types', passed: 1, failed: 0, seconds: 2 },
    { name: 'unit', passed: 40, failed: 2, seconds: 10.25 },
  ]);
  expect(failed).toBe(2);
  expect(text.split('\n').at(-1)).toBe('41 passed, 2 failed');
  expect(text).toMatch(/unit {3}FAILED/);
});

test('what failed stands with its reason just above the table, whatever was printed before', () => {
  const reasons = reasonsOf(
    report({
      testResults: [
        { status: 'passed', name: 'a.test.ts', assertionResults: [{ status: 'passed', fullName: 'fine' }] },
        { status: 'failed', name: 'b.test.ts', message: 'Cannot find module x', assertionResults: [] },
        {
          status: 'failed',
          name: 'c.test.ts',
          assertionResults: [
            { status: 'failed', fullName: 'adds', failureMessages: ['Error: 1 is not 2\n  at c.test.ts:3'] },
            { status: 'pending', fullName: 'waits', failureMessages: [] },
          ],
        },
      ],
    }),
  );
  expect(reasons).toEqual([
    'b.test.ts > the file itself\n    Cannot find module x',
    'c.test.ts > adds\n    Error: 1 is not 2\n      at c.test.ts:3',
    'c.test.ts > waits\n    It was not run (pending).',
  ]);
  const { text } = summarize([{ name: 'unit', passed: 1, failed: 3, seconds: 1, reasons }]);
  expect(text.indexOf('FAILED  unit: c.test.ts > adds')).toBeGreaterThan(0);
  expect(text.indexOf('FAILED  unit: c.test.ts > adds')).toBeLessThan(text.indexOf('3 failed'));
  expect(text.split('\n').at(-1)).toBe('1 passed, 3 failed');
});

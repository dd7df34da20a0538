import { stripVTControlCharacters } from 'node:util';

/** One line of the closing table: a static check, or all tests of a Vitest project. */
export interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
  /** What failed, each with the reason's first lines: a long log is often kept by its end alone. */
  readonly reasons?: readonly string[];
}

/** The part of Vitest's JSON report that counts. */
export interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly name?: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName?: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

const REASON_LINES = 8;

/** Each test that did not pass and each file that could not be loaded, with the file and the first lines of why. */
export function reasonsOf(report: VitestReport | undefined): readonly string[] {
  const told = (file: string | undefined, test: string, why: string) => {
    const lines = stripVTControlCharacters(why).trim().split('\n').slice(0, REASON_LINES);
    return [`${file ?? 'a file'} > ${test}`, ...lines.map((line) => `    ${line}`.trimEnd())].join('\n');
  };
  return (report?.testResults ?? []).flatMap((file) => {
    const tests = file.assertionResults.filter(({ status }) => status !== 'passed');
    if (tests.length === 0) {
      return file.status === 'failed' ? [told(file.name, 'the file itself', file.message ?? '')] : [];
    }
    return tests.map(({ status, fullName, failureMessages }) =>
      told(file.name, fullName ?? 'a test', failureMessages?.join('\n') || `It was not run (${status}).`),
    );
  });
}

/**
 * Counts a Vitest run. What was not run is not known to work, so skipped and planned tests count as failed; so does a
 * file that could not be loaded, a run that ended badly without a failed test, and a run without a report.
 */
export function countTests(report: VitestReport | undefined, exitCode: number): { passed: number; failed: number } {
  if (!report) return { passed: 0, failed: 1 };
  const unloadable = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + report.numPendingTests + report.numTodoTests + unloadable;
  return { passed: report.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}

/** What failed, the closing table, and the line `N passed, N failed`, which adds every check and every test. */
export function summarize(outcomes: readonly Outcome[]): { readonly text: string; readonly failed: number } {
  const width = Math.max(...outcomes.map(({ name }) => name.length), 0);
  const rows = outcomes.map(({ name, passed, failed, seconds }) => {
    const mark = failed === 0 ? 'ok    ' : 'FAILED';
    return `  ${name.padEnd(width)}  ${mark}  ${String(passed).padStart(5)} passed  ${String(failed).padStart(3)} failed  ${seconds.toFixed(1).padStart(7)} s`;
  });
  const total = (pick: (outcome: Outcome) => number) => outcomes.reduce((sum, outcome) => sum + pick(outcome), 0);
  const failed = total((outcome) => outcome.failed);
  const reasons = outcomes.flatMap(({ name, reasons: why = [] }) => why.map((reason) => `FAILED  ${name}: ${reason}`));
  return {
    text: ['', ...reasons, '', ...rows, '', `${total((outcome) => outcome.passed)} passed, ${failed} failed`].join(
      '\n',
    ),
    failed,
  };
}

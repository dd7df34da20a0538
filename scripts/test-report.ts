/** One line of the closing table: a static check, or all tests of a Vitest project. */
export interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
}

/** The part of Vitest's JSON report that counts. */
export interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
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

/** The closing table and the line `N passed, N failed`, which adds every check and every test. */
export function summarize(outcomes: readonly Outcome[]): { readonly text: string; readonly failed: number } {
  const width = Math.max(...outcomes.map(({ name }) => name.length), 0);
  const rows = outcomes.map(({ name, passed, failed, seconds }) => {
    const mark = failed === 0 ? 'ok    ' : 'FAILED';
    return `  ${name.padEnd(width)}  ${mark}  ${String(passed).padStart(5)} passed  ${String(failed).padStart(3)} failed  ${seconds.toFixed(1).padStart(7)} s`;
  });
  const total = (pick: (outcome: Outcome) => number) => outcomes.reduce((sum, outcome) => sum + pick(outcome), 0);
  const failed = total((outcome) => outcome.failed);
  return {
    text: ['', ...rows, '', `${total((outcome) => outcome.passed)} passed, ${failed} failed`].join('\n'),
    failed,
  };
}

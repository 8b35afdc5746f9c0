/**
 * Counts of a vitest JSON report. A file that could not be loaded, and a run that failed without a failed test
 * (an unhandled rejection), each count as one failure, so that nothing red is counted as nothing.
 */
export function countVitest(report, ok) {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  return { passed: report.numPassedTests, failed: !ok && failed === 0 ? 1 : failed };
}

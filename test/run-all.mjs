/**
 * `npm test`: every check of the repository, one after the other; the last line is `N passed, N failed`.
 * `npm test -- unit e2e` runs only the steps that are named (`e2e` and `pack` look at an existing build).
 */
import { performance } from 'node:perf_hooks';
import { steps } from './runner/steps.mjs';

const names = steps.map((step) => step.name);
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown step "${unknown.join('", "')}": choose from ${names.join(', ')}.`);
  process.exit(2);
}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const total = { passed: 0, failed: 0 };
const failing = [];
const start = performance.now();

for (const step of steps.filter(({ name }) => chosen.length === 0 || chosen.includes(name))) {
  console.log(`\n▶ ${step.name}: ${step.title}`);
  const since = performance.now();
  const { passed, failed, output = '' } = await step.run();
  if (failed > 0 && output) console.log(output.replace(/^/gm, '  '));
  console.log(`${failed > 0 ? '✗' : '✓'} ${step.name}: ${passed} passed, ${failed} failed (${seconds(since)})`);
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) failing.push(step.name);
}

console.log(`\n${failing.length > 0 ? `Failing: ${failing.join(', ')}. ` : ''}All in ${seconds(start)}.`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

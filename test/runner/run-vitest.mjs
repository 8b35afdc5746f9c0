import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countVitest } from './count-vitest.mjs';
import { runCommand } from './run-command.mjs';

export async function runVitest(config) {
  const folder = await mkdtemp(join(tmpdir(), 'mosec-test-'));
  const report = join(folder, 'report.json');
  try {
    const args = ['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { ok } = await runCommand('vitest', args, { live: true });
    return countVitest(JSON.parse(await readFile(report, 'utf8')), ok);
  } catch (error) {
    return { passed: 0, failed: 1, output: `vitest left no report: ${error.message}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

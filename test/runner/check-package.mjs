import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFiles } from './check-files.mjs';
import { runCommand } from './run-command.mjs';

/**
 * Package imports (`#libs/…`) in declarations do not resolve in the old node10 mode, which attw counts although the
 * profile leaves that mode out. In the other modes the e2e spec of the consumer compiles them without skipLibCheck.
 */
const NODE10_ONLY = ['--ignore-rules', 'internal-resolution-error'];

/** Packs the package and looks at the tarball as npm, bundlers and TypeScript will: three checks. */
export async function checkPackage() {
  const folder = await mkdtemp(join(tmpdir(), 'mosec-pack-'));
  try {
    const packed = await runCommand('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', folder]);
    if (!packed.ok) return { passed: 0, failed: 3, output: packed.output };
    const [{ filename, files }] = JSON.parse(packed.output.slice(packed.output.search(/^\[/m)));
    const tarball = join(folder, filename);
    const problems = checkFiles(
      files.map(({ path }) => path),
      existsSync,
    );
    const results = [
      { ok: problems.length === 0, output: problems.join('\n') },
      await runCommand('publint', ['run', tarball, '--strict']),
      await runCommand('attw', [tarball, '--profile', 'esm-only', ...NODE10_ONLY, '--no-emoji', '--format', 'ascii']),
    ];
    const failed = results.filter(({ ok }) => !ok);
    const output = failed.map((result) => result.output).join('\n\n');
    return { passed: results.length - failed.length, failed: failed.length, output };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

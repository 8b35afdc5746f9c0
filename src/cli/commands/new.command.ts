import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageVersion } from '../../config/package-version.js';
import { serviceFiles } from '../../generator/service-files.js';
import { checkServiceName } from '../../generator/service-name.js';
import { type Command } from '../command.interface.js';
import { UsageError } from '../usage.error.js';

const USAGE = `Usage: nestjs-mosec new <name> [--package <specifier>]

Makes a folder of that name with a service of one stage: DTO, pipeline, tests, Dockerfile, README.

  --package SPECIFIER  what the service installs as nestjs-mosec: a version, or file:<tarball>; default ^${packageVersion()}`;

/** `nestjs-mosec new`. Nothing is installed, and no registry is asked. */
export const command: Command = {
  summary: 'make a folder with a working service',
  usage: USAGE,

  async run(args, { folder, out }) {
    const { name, specifier } = parse(args);
    await makeFolder(join(folder, name), name);
    for (const [path, content] of serviceFiles(name, { specifier })) {
      await mkdir(dirname(join(folder, name, path)), { recursive: true });
      await writeFile(join(folder, name, path), content);
    }
    out(`Made "${name}". Next:\n\n  cd ${name}\n  npm install\n  npm test\n  npm start\n`);
    return 0;
  },
};

function parse(args: readonly string[]): { name: string; specifier: string } {
  const { values, positionals } = tokens(args);
  const [name, stray] = positionals;
  if (name === undefined) throw new UsageError('The name of the service is missing: nestjs-mosec new my-service.');
  if (stray !== undefined) throw new UsageError(`"${stray}" is one argument too many: the name is a single word.`);
  const problem = checkServiceName(name);
  if (problem !== undefined) throw new UsageError(problem);
  return { name, specifier: values.package ?? `^${packageVersion()}` };
}

function tokens(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { package: { type: 'string' } }, allowPositionals: true });
  } catch (error) {
    // One sentence of Node, which names the flag; the others are advice about "--".
    throw new UsageError(`${(error as Error).message.split('. ')[0]}: see nestjs-mosec new --help.`, { cause: error });
  }
}

async function makeFolder(path: string, name: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UsageError(`"${name}" exists already: choose another name, or remove it.`, { cause: error });
  }
}

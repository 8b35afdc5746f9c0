import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageVersion } from '../config/package-version.js';
import { COMMAND_NAMES, loadCommand } from './command-list.js';
import { runCli } from './run-cli.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosec-cli-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function run(...args: string[]) {
  const written = { out: '', error: '' };
  const code = await runCli(args, {
    folder,
    out: (text) => void (written.out += text),
    error: (text) => void (written.error += text),
    isTerminal: false,
  });
  return { code, ...written };
}

describe('when the command line is asked what it can do', () => {
  it('should list every command', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    for (const name of COMMAND_NAMES) expect(out).toContain(`  ${name} `);
    expect(COMMAND_NAMES).toContain('new');
  });

  it('should show the same, as an error, without a command', async () => {
    const { code, out, error } = await run();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain('Usage: nestjs-mosec <command>');
  });

  it('should show the usage of a command and do nothing', async () => {
    for (const name of COMMAND_NAMES) {
      const { code, out } = await run(name, '--help');
      expect({ code, out }).toEqual({ code: 0, out: `${(await loadCommand(name))?.usage}\n` });
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it('should show the version', async () => {
    expect(await run('--version')).toEqual({ code: 0, out: `${packageVersion()}\n`, error: '' });
  });
});

describe('when the command line is wrong', () => {
  it.each([
    [['nwe'], '"nwe" is not a command: did you mean "new"?'],
    [['xyzzyx'], `"xyzzyx" is not a command: choose from ${COMMAND_NAMES.join(', ')}.`],
    [['new'], 'The name of the service is missing: nestjs-mosec new my-service.'],
    [['new', 'a', 'b'], '"b" is one argument too many: the name is a single word.'],
    [['new', '../up'], '"../up" cannot be the name of a service: it is a name and not a path, as my-service.'],
    [['new', 'a', '--pakage', 'b'], "Unknown option '--pakage': see nestjs-mosec new --help."],
  ])('should say so of %j, and end with 2', async (args, message) => {
    expect(await run(...args)).toEqual({ code: 2, out: '', error: `${message}\n` });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('when a service is made', () => {
  it('should tell what comes next', async () => {
    const { code, out } = await run('new', 'my-service');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('cd my-service') as string });
    expect(await readdir(join(folder, 'my-service'))).toContain('package.json');
  });

  it('should leave a folder alone that exists', async () => {
    await run('new', 'my-service');
    const second = await run('new', 'my-service');
    expect(second).toEqual({
      code: 2,
      out: '',
      error: '"my-service" exists already: choose another name, or remove it.\n',
    });
  });
});

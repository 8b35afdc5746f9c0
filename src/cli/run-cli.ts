import { closest } from '../config/closest.js';
import { packageVersion } from '../config/package-version.js';
import { COMMAND_NAMES, loadCommand } from './command-list.js';
import { type Terminal } from './command.interface.js';
import { UsageError } from './usage.error.js';

const FAILED = 1;
/** As for a wrong flag of the server. */
const WRONG_USAGE = 2;

const wantsHelp = (arg: string | undefined): boolean => arg === '--help' || arg === '-h';

/**
 * Runs the subcommand that the arguments name.
 * @param args the command line without node and the script
 * @returns the exit code of the process
 */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    terminal.error(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError ? WRONG_USAGE : FAILED;
  }
}

async function dispatch([name, ...args]: readonly string[], terminal: Terminal): Promise<number> {
  if (name === undefined || wantsHelp(name)) {
    const help = await helpText();
    if (name !== undefined) terminal.out(help);
    else terminal.error(help);
    return name === undefined ? WRONG_USAGE : 0;
  }
  if (name === '--version') {
    terminal.out(`${packageVersion()}\n`);
    return 0;
  }
  const command = await loadCommand(name);
  if (!command) throw unknownCommand(name);
  const end = args.indexOf('--');
  if (!args.slice(0, end < 0 ? args.length : end).some(wantsHelp)) return command.run(args, terminal);
  terminal.out(`${command.usage}\n`);
  return 0;
}

function unknownCommand(name: string): UsageError {
  const meant = closest(name, COMMAND_NAMES);
  const cure = meant ? `did you mean "${meant}"?` : `choose from ${COMMAND_NAMES.join(', ')}.`;
  return new UsageError(`"${name}" is not a command: ${cure}`);
}

async function helpText(): Promise<string> {
  const width = Math.max(...COMMAND_NAMES.map(({ length }) => length));
  const rows = await Promise.all(
    COMMAND_NAMES.map(async (name) => `  ${name.padEnd(width)}  ${(await loadCommand(name))?.summary ?? ''}`),
  );
  const head = ['Usage: nestjs-mosec <command> [arguments]', ''];
  return [...head, ...rows, '', '"nestjs-mosec <command> --help" tells more; --version shows the version.', ''].join(
    '\n',
  );
}

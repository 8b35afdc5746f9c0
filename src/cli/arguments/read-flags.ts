import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from '../usage.error.js';

type Read<T extends NonNullable<ParseArgsConfig['options']>> = ReturnType<
  typeof parseArgs<{ args: string[]; options: T; allowPositionals: true }>
>;

/**
 * @param command for the error, e.g. `bench`
 * @throws UsageError when a flag is unknown, or its value is missing
 */
export function readFlags<const T extends NonNullable<ParseArgsConfig['options']>>(
  command: string,
  args: readonly string[],
  options: T,
): Read<T> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // One sentence of Node, which names the flag; the others are advice about "--".
    const [message = ''] = (error as Error).message.split(/\. |\n/);
    throw new UsageError(`${message.replace(/\.$/, '')}: see nestjs-mosec ${command} --help.`, { cause: error });
  }
}

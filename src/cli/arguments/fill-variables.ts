import { UsageError } from '../usage.error.js';

/**
 * Puts variables of the environment in the place of `${NAME}`, so that secrets do not stand in the list of processes.
 * @throws UsageError when a variable is not set
 */
export function fillVariables(flag: string, text: string, env: NodeJS.ProcessEnv): string {
  return text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = env[name];
    if (value !== undefined) return value;
    throw new UsageError(`--${flag} "${text}" cannot be used: set the variable ${name} that it names.`);
  });
}

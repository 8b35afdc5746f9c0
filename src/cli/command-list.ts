import { readdirSync } from 'node:fs';
import { type Command } from './command.interface.js';

const FOLDER = new URL('commands/', import.meta.url);

/** Files of commands by name; a file in the folder is a command, no list has to know it. */
const FILES = new Map(
  readdirSync(FOLDER).flatMap((file) => {
    const name = /^([a-z-]+)\.command\.(?:js|ts)$/.exec(file)?.[1];
    return name === undefined ? [] : [[name, file] as const];
  }),
);

export const COMMAND_NAMES: readonly string[] = [...FILES.keys()].sort();

/** Loads one command; what the others import is left alone. */
export async function loadCommand(name: string): Promise<Command | undefined> {
  const file = FILES.get(name);
  if (file === undefined) return undefined;
  const { command } = (await import(new URL(file, FOLDER).href)) as { command: Command };
  return command;
}

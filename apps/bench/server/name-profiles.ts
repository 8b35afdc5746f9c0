import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';

/** `CPU.<date>.<time>.<pid>.<thread>.<number>.cpuprofile`, as Node names them. */
const NAME = /^CPU\.\d+\.\d+\.(\d+)\.(\d+)\.\d+\.cpuprofile$/;

/** Tells by the name of each new CPU profile whose it is: `one-gateway-4711.cpuprofile`, `one-worker-4712.cpuprofile`. */
export async function nameProfiles(folder: string, gateway: number, pipeline: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const renamed = profileName(name, gateway, pipeline);
    if (renamed !== undefined) await rename(join(folder, name), join(folder, renamed));
  }
}

/** @returns undefined for what is not a profile with Node's name */
export function profileName(name: string, gateway: number, pipeline: string): string | undefined {
  const [, pid, thread] = NAME.exec(name) ?? [];
  if (pid === undefined) return undefined;
  const role = Number(pid) === gateway ? 'gateway' : 'worker';
  return `${pipeline}-${role}-${pid}${thread === '0' ? '' : `-${thread}`}.cpuprofile`;
}

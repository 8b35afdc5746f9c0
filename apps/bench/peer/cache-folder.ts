import { isAbsolute, join } from 'node:path';

/**
 * Where downloads are kept: `$XDG_CACHE_HOME/nestjs-mosec` (XDG Base Directory Specification: relative paths do not
 * count), else in `node_modules` of the repository.
 */
export function cacheFolder(env: NodeJS.ProcessEnv, root: string): string {
  const { XDG_CACHE_HOME: folder = '' } = env;
  return isAbsolute(folder) ? join(folder, 'nestjs-mosec') : join(root, 'node_modules', '.cache', 'nestjs-mosec');
}

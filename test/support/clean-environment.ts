/** Without what npm and vitest tell their children about this repository. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(package|lifecycle|config_(local_prefix|prefix))|VITEST|NODE_ENV$|INIT_CWD$)/i.test(name),
  );
  return Object.fromEntries(own);
}

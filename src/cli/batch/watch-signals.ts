const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * @param answers what to do at the first signal, the second, and so on; the one after the last ends the process as ever
 * @param told at the first one
 * @returns leaves signals alone again
 */
export function watchSignals(answers: readonly (() => void)[], told: () => void): () => void {
  const left = [...answers];
  const leave = (): void => SIGNALS.forEach((signal) => process.off(signal, heard));
  function heard(): void {
    if (left.length === answers.length) told();
    left.shift()?.();
    if (left.length === 0) leave();
  }
  SIGNALS.forEach((signal) => process.on(signal, heard));
  return leave;
}

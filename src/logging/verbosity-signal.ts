/** Node keeps SIGUSR1 for its debugger. */
const SIGNAL = 'SIGUSR2';

/** Calls back at each SIGUSR2; Windows has no such signal. */
export function onVerbositySignal(callback: () => void): void {
  if (process.platform !== 'win32') process.on(SIGNAL, callback);
}

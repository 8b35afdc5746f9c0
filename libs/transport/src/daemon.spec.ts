import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LifeLine, RecordingLog } from './daemon.fixture.js';
import { Daemon, type DaemonSpec } from './daemon.js';

let lifeLine: LifeLine;
beforeEach(() => {
  lifeLine = new LifeLine();
});
afterEach(() => {
  lifeLine.remove();
});

/** Long enough that no spec waits for it, short enough that a failed spec leaves nothing behind. */
const LONG_S = 20;
/** Ignores SIGTERM itself, and what it starts does so too. */
const stubborn = () => `trap "" TERM; exec 9>${lifeLine.path}; echo up; sleep ${LONG_S}`;
const obedient = () => `exec 9>${lifeLine.path}; echo up; exec sleep ${LONG_S}`;

function daemonOf(program: string, part: Partial<DaemonSpec> = {}) {
  const log = new RecordingLog();
  const onEnd = vi.fn<(reason: string) => void>();
  let ended!: () => void;
  const end = new Promise<void>((resolve) => (ended = resolve));
  const spec = { name: 'helper', command: 'sh', args: ['-c', program], ...part };
  const daemon = new Daemon(spec, log, (reason) => {
    onEnd(reason);
    ended();
  });
  return { daemon, log, onEnd, end };
}

describe('when a daemon runs', () => {
  it('should have its output in the log under its name, errors as warnings', async () => {
    const { daemon, log, end } = daemonOf('echo one; echo two >&2; printf "no newline"; read line || echo "no input"');
    daemon.start();
    await Promise.all(['info helper: one', 'warning helper: two'].map((line) => log.until(line)));
    await Promise.all([end, log.until('info helper: no newlineno input')]);
    expect(log.lines[0]).toMatch(/^info helper: daemon started: sh -c echo one/);
  });

  it('should have the last line in the log although it does not end in a line break', async () => {
    const { daemon, log } = daemonOf('printf "fatal: no disk" >&2; exit 3');
    daemon.start();
    await log.until('warning helper: fatal: no disk');
  });

  it('should have the variables of the server and its own', async () => {
    const { daemon, log } = daemonOf('echo "$PATH $DEVICE"', { env: { DEVICE: 'gpu0' } });
    daemon.start();
    await log.until(`info helper: ${process.env['PATH']} gpu0`);
  });

  it('should get its arguments as they are, whatever a shell would make of them', async () => {
    const { daemon, log } = daemonOf('', { command: 'printf', args: ['<%s>', '$HOME; a "b"', '*'] });
    daemon.start();
    await log.until('info helper: <$HOME; a "b"><*>');
  });
});

describe('when a daemon ends by itself', () => {
  it.each([
    ['with code 0', 'exit 0', 'exited with code 0'],
    ['with another code', 'exit 3', 'exited with code 3'],
    ['by a signal', 'kill -9 $$', 'exited with code 137 (SIGKILL)'],
  ])('should be reported once: %s', async (_how, program, reason) => {
    const { daemon, onEnd, end } = daemonOf(program);
    daemon.start();
    await end;
    await daemon.stop(1000);
    expect(onEnd.mock.calls).toEqual([[reason]]);
  });

  it('should be reported where its command is not found', async () => {
    const { daemon, log, onEnd, end } = daemonOf('', { command: 'mosec-no-such-command', args: [] });
    daemon.start();
    await end;
    expect(onEnd.mock.calls).toEqual([['exited with code 127']]);
    expect(log.lines.at(-1)).toMatch(/^warning helper: .*mosec-no-such-command.*not found/);
  });
});

describe('when a daemon is stopped', () => {
  it('should be asked by SIGTERM, so that it may clean up, and not be reported', async () => {
    const program = `trap 'echo cleaning; kill $!; exit 0' TERM; exec 9>${lifeLine.path}; sleep ${LONG_S} & echo up; wait`;
    const { daemon, log, onEnd } = daemonOf(program);
    daemon.start();
    const gone = lifeLine.allEnded();
    await log.until('info helper: up');
    await Promise.all([daemon.stop(60_000), gone, log.until('info helper: cleaning')]);
    expect(onEnd).not.toHaveBeenCalled();
  });

  it('should be killed with all that it started, where it does not end within the grace', async () => {
    const { daemon, log, onEnd } = daemonOf(stubborn());
    daemon.start();
    const gone = lifeLine.allEnded();
    await log.until('info helper: up');
    await Promise.all([daemon.stop(20), gone]);
    expect(onEnd).not.toHaveBeenCalled();
  });

  it('should be done for all who asked, and at once where it does not run', async () => {
    const { daemon, log } = daemonOf(obedient());
    await daemon.stop(60_000);
    daemon.start();
    const gone = lifeLine.allEnded();
    await log.until('info helper: up');
    await Promise.all([daemon.stop(60_000), daemon.stop(60_000), gone]);
    await daemon.stop(60_000);
  });
});

describe('when the server is killed with SIGKILL', () => {
  it('should go with it', async () => {
    const server = spawn(process.execPath, [lifeLine.serverProgram(obedient())]);
    const gone = lifeLine.allEnded();
    let output = '';
    for await (const chunk of server.stdout.setEncoding('utf8')) if ((output += chunk).includes('up\n')) break;
    server.kill('SIGKILL');
    await Promise.all([gone, server.signalCode ?? once(server, 'exit')]);
    expect(server.signalCode).toBe('SIGKILL');
  });
});

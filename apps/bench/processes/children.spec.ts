import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { Children } from './children.js';
import { childrenOf, cpuSecondsOf, memoryOf, statOf, treeOf } from './process-tree.js';

let program: ChildProcess | undefined;
let grandchild = 0;

afterEach(() => {
  program?.kill('SIGKILL');
  if (isAlive(grandchild)) process.kill(grandchild, 'SIGKILL');
});

function isAlive(pid: number): boolean {
  const stat = statOf(pid);
  return pid > 0 && stat !== undefined && stat.state !== 'Z';
}

/** A shell that has started a program and told its process id. */
async function shell(children: Children, script: string): Promise<ChildProcess> {
  const child = spawn('/bin/sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  program = children.add(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  grandchild = Number(line.toString());
  return child;
}

describe('when a program has started another one', () => {
  it('should see both, what they used and how much memory they have', async () => {
    const { pid = 0 } = await shell(new Children(), 'sleep 100 & echo $!; wait');
    expect(treeOf(pid)).toEqual([pid, grandchild]);
    expect(childrenOf(process.pid)).toContain(pid);
    expect(cpuSecondsOf([pid, grandchild])).toBeLessThan(10);
    expect(memoryOf([pid, grandchild]).bytes).toBeGreaterThan(memoryOf([pid]).bytes);
    expect(memoryOf([pid]).bytes).toBeGreaterThan(10_000);
  });

  it('should end both, also one that does not listen', async () => {
    const children = new Children(50);
    const child = await shell(children, `sh -c 'trap "" TERM; while :; do sleep 1; done' & echo $!; wait`);
    await children.stop(child);
    expect([child.pid ?? 0, grandchild].map(isAlive)).toEqual([false, false]);
  });
});

describe('when everything is stopped', () => {
  it('should end what runs and refuse what comes', async () => {
    const children = new Children();
    const child = await shell(children, 'echo $$; exec sleep 100');
    await children.stopAll();
    expect(isAlive(child.pid ?? 0)).toBe(false);
    const late = spawn('sleep', ['100']);
    const exited = once(late, 'exit');
    expect(() => children.add(late)).toThrow('is being stopped');
    await exited;
  });
});

describe('when a process is gone', () => {
  it('should know nothing of it', async () => {
    const child = spawn('true');
    await once(child, 'exit');
    const pid = child.pid ?? 0;
    expect([statOf(pid), treeOf(pid), cpuSecondsOf([pid])]).toEqual([undefined, [pid], 0]);
    expect(memoryOf([pid]).bytes).toBeNaN();
  });
});

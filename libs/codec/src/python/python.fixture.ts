import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Bytes written by Python; see make.py. */
export function pythonBytes(name: string): Buffer {
  return readFileSync(new URL(`./${name}.bin`, import.meta.url));
}

/** Runs a Python program; undefined where there is no Python with msgpack, numbin and numpy. */
export function runPython(program: string, input: Uint8Array = Buffer.alloc(0)): Buffer | undefined {
  const imports = 'import sys, msgpack, numpy as np\nfrom numbin.msg_ext import loads, dumps\n';
  const { status, stdout } = spawnSync('python3', ['-c', imports + program], { input });
  return status === 0 ? stdout : undefined;
}

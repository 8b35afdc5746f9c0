import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import type { LogLevel, LogSink } from '#libs/contracts';

/** Writes down log lines, and lets a spec wait for one. */
export class RecordingLog implements LogSink {
  readonly lines: string[] = [];
  private readonly waiting: { line: string; resolve: () => void }[] = [];

  log(level: LogLevel, message: string, context?: string): void {
    const line = `${level} ${context}: ${message}`;
    this.lines.push(line);
    for (const waiter of this.waiting) if (waiter.line === line) waiter.resolve();
  }

  until(line: string): Promise<void> {
    if (this.lines.includes(line)) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ line, resolve }));
  }
}

/** A pipe with a name: whoever has it open for writing is seen to end, whichever way it ends. */
export class LifeLine {
  private readonly folder = mkdtempSync(join(tmpdir(), 'mosec-daemon-'));
  readonly path = join(this.folder, 'pipe');

  constructor() {
    execFileSync('mkfifo', [this.path]);
  }

  /** Resolves when all that had it open have ended. */
  async allEnded(): Promise<void> {
    await once(createReadStream(this.path).resume(), 'end');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** A program that starts a daemon as the server would, with `program` as its shell script, and prints its log. */
  serverProgram(program: string): string {
    for (const name of ['daemon', 'describe-exit', 'line-splitter']) {
      const source = readFileSync(new URL(`./${name}.ts`, import.meta.url), 'utf8');
      const { outputText } = ts.transpileModule(source, {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
      });
      writeFileSync(join(this.folder, `${name}.js`), outputText);
    }
    writeFileSync(join(this.folder, 'package.json'), '{ "type": "module" }');
    const entry = join(this.folder, 'server.js');
    const spec = JSON.stringify({ name: 'helper', command: 'sh', args: ['-c', program] });
    writeFileSync(
      entry,
      `import { Daemon } from './daemon.js';
       const log = { log: (level, message) => process.stdout.write(message + '\\n') };
       new Daemon(${spec}, log, () => undefined).start();`,
    );
    return entry;
  }
}

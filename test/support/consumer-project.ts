import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppProcess } from './app-process.js';
import { cleanEnvironment } from './clean-environment.js';
import { freePort } from './free-port.js';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const INSTALL = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];

/** A project of somebody else, outside the repository, that has the packed package installed. */
export class ConsumerProject {
  private constructor(private readonly folder: string) {}

  /** @param others further packages, in the version that the repository itself uses */
  static async install(others: readonly string[]): Promise<ConsumerProject> {
    const project = new ConsumerProject(await realpath(await mkdtemp(join(tmpdir(), 'mosec-consumer-'))));
    const packed = await execute('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', project.folder], {
      cwd: REPOSITORY,
    });
    const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
    await project.write('package.json', JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
    const versions = await Promise.all(others.map(pinned));
    await project.run('npm', [...INSTALL, `./${filename}`, ...versions]);
    return project;
  }

  /** Copies a folder of the repository into the project. */
  async copy(from: string, to: string): Promise<void> {
    await cp(join(REPOSITORY, from), join(this.folder, to), { recursive: true });
  }

  async write(path: string, content: string): Promise<void> {
    await mkdir(dirname(join(this.folder, path)), { recursive: true });
    await writeFile(join(this.folder, path), content);
  }

  read(path: string): Promise<string> {
    return readFile(join(this.folder, path), 'utf8');
  }

  /** A folder of the project as a project of its own, which finds the packages of this one. */
  within(folder: string): ConsumerProject {
    return new ConsumerProject(join(this.folder, folder));
  }

  /** Names of all packages that are installed, however deep. */
  async packages(): Promise<string[]> {
    const lock = await readFile(join(this.folder, 'node_modules/.package-lock.json'), 'utf8');
    const { packages } = JSON.parse(lock) as { packages: Record<string, unknown> };
    return Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
  }

  /** Compiles the whole project with the compiler of the repository, by its `tsconfig.json`. */
  compile(): Promise<string> {
    return this.run(process.execPath, [join(REPOSITORY, 'node_modules/typescript/bin/tsc'), '-p', '.']);
  }

  /**
   * Runs a command in the project.
   * @returns what it wrote to its standard output
   * @throws Error with everything that it wrote, when it fails
   */
  run(command: string, args: readonly string[]): Promise<string> {
    return execute(command, args, { cwd: this.folder });
  }

  /** Starts a compiled program, which learns its port from `MOSEC_PORT`. */
  async start(main: string): Promise<AppProcess> {
    const port = await freePort();
    const child = spawn(process.execPath, [main], {
      cwd: this.folder,
      env: { ...cleanEnvironment(), MOSEC_PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new AppProcess(child, port);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

export function readDocument(path: string): Promise<string> {
  return readFile(join(REPOSITORY, path), 'utf8');
}

async function pinned(name: string): Promise<string> {
  const manifest = await readFile(join(REPOSITORY, 'node_modules', name, 'package.json'), 'utf8');
  return `${name}@${(JSON.parse(manifest) as { version: string }).version}`;
}

function execute(command: string, args: readonly string[], { cwd }: { cwd: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd, env: cleanEnvironment(), maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error }));
      else resolve(stdout);
    });
  });
}

import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { Ignore } from '@balena/dockerignore';
import { cleanEnvironment } from './clean-environment.js';
import { type BuildStage, parseDockerfile, type Step } from './dockerfile.js';

/** Its declarations are those of an ES module, which it is not. */
const ignore = createRequire(import.meta.url)('@balena/dockerignore') as () => Ignore;

/** Not the folder for temporary files: what runs the image mounts its own there. */
const PARENT = '/var/tmp';

/** A file of the context that the Dockerfile copies although it is ignored, or that is not there, is a mistake. */
class MissingFileError extends Error {
  constructor(path: string) {
    super(`COPY finds no "${path}" in the context: is it in .dockerignore?`);
  }
}

interface Layer {
  readonly stage: BuildStage;
  /** Stands for `/` of the stage. */
  readonly root: string;
  workdir: string;
  readonly env: Record<string, string>;
  user: string;
}

/**
 * Does what a Dockerfile says, instruction by instruction, in folders instead of containers: the base image is this machine.
 * It knows what the Dockerfiles of this repository use, and refuses anything else.
 */
export class ImageBuild {
  private readonly folder = mkdtempSync(join(PARENT, 'mosec-image-'));
  private readonly layers: Layer[] = [];

  private constructor(private readonly context: string) {
    chmodSync(this.folder, 0o755);
  }

  /** @throws {Error} if a step fails, with what it wrote */
  static async run(context: string): Promise<ImageBuild> {
    const build = new ImageBuild(context);
    try {
      for (const stage of parseDockerfile(readFileSync(join(context, 'Dockerfile'), 'utf8'))) await build.make(stage);
      return build;
    } catch (error) {
      build.remove();
      throw error;
    }
  }

  /** The image: the last stage. */
  get image(): Layer {
    return this.layers.at(-1)!;
  }

  /** A path of the image on this machine. */
  path(path: string): string {
    return join(this.image.root, path);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async make(stage: BuildStage): Promise<void> {
    const layer: Layer = {
      stage,
      root: join(this.folder, String(this.layers.length)),
      workdir: '/',
      env: {},
      user: '',
    };
    mkdirSync(layer.root);
    this.layers.push(layer);
    for (const step of stage.steps) await this.perform(step, layer);
  }

  private async perform(step: Step, layer: Layer): Promise<void> {
    const [first = ''] = step.args;
    switch (step.keyword) {
      case 'WORKDIR':
        layer.workdir = first;
        mkdirSync(join(layer.root, first), { recursive: true });
        return;
      case 'ENV':
        for (const [name, value] of step.args.map((word) => word.split('='))) layer.env[name!] = value!;
        return;
      case 'USER':
        layer.user = first;
        return;
      case 'COPY':
        return this.copy(step, layer);
      case 'RUN':
        return this.shell(step.text, layer);
      case 'EXPOSE':
      case 'HEALTHCHECK':
      case 'CMD':
        return;
      default:
        throw new Error(`"${step.keyword}" is nothing that this build knows.`);
    }
  }

  private async copy({ args, flags }: Step, layer: Layer): Promise<void> {
    const [target = '', ...sources] = [...args].reverse();
    const to = join(layer.root, layer.workdir, target);
    for (const source of sources) {
      if (flags['from'] === undefined) this.copyFromContext(source, to, target.endsWith('/'));
      else await this.copyFromStage(flags['from'], source, to, target.endsWith('/'));
    }
  }

  private copyFromContext(source: string, to: string, intoFolder: boolean): void {
    const ignored = ignore().add(readFileSync(join(this.context, '.dockerignore'), 'utf8'));
    const from = join(this.context, source);
    const isFolder = statSync(from).isDirectory();
    const files = isFolder ? filesIn(this.context, source) : [source];
    const sent = files.filter((file) => !ignored.ignores(file));
    if (sent.length === 0) throw new MissingFileError(source);
    for (const file of sent) {
      const name = isFolder ? file.slice(source.length) : intoFolder ? basename(file) : '';
      cpSync(join(this.context, file), join(to, name));
    }
  }

  /** By hard links: nothing that a later step writes is in the stage before. */
  private async copyFromStage(name: string, source: string, to: string, intoFolder: boolean): Promise<void> {
    const from = this.layers.find(({ stage }) => stage.name === name);
    if (!from) throw new Error(`"${name}" of COPY --from is no stage before this one.`);
    await promisify(execFile)('cp', ['-al', join(from.root, source), intoFolder ? join(to, basename(source)) : to]);
  }

  private async shell(command: string, layer: Layer): Promise<void> {
    const env = { ...cleanEnvironment(), ...layer.env, npm_config_prefer_offline: 'true' };
    const cwd = join(layer.root, layer.workdir);
    try {
      await promisify(execFile)('sh', ['-c', command], { cwd, env, maxBuffer: 1 << 26 });
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      throw new Error(`RUN ${command} failed:\n${stdout}${stderr}`, { cause: error });
    }
  }
}

function filesIn(context: string, folder: string): string[] {
  return readdirSync(join(context, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(context.length).replace(/^\//, ''));
}

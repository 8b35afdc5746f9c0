import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { healthCommand, parseDockerfile, stepsNamed } from '../support/dockerfile.js';
import { REPOSITORY } from '../support/pages.js';

const read = (path: string): string => readFileSync(join(REPOSITORY, path), 'utf8');
/** The one of the page on deployment is the one that people copy. */
const shown = /^```dockerfile\n([\s\S]*?)^```$/m.exec(read('docs/deployment.md'))?.[1] ?? '';

describe.each([
  ['Dockerfile', read('Dockerfile')],
  ['templates/service/Dockerfile.template', read('templates/service/Dockerfile.template')],
  ['docs/deployment.md', shown],
])('when an image is built by %s', (_, text) => {
  const stages = parseDockerfile(text);
  const [build, image] = stages;

  it('should take the Node of the tests in both stages', () => {
    const [major] = process.versions.node.split('.');
    expect(stages.map((stage) => stage.image)).toEqual(Array(2).fill(`node:${major}-bookworm-slim`));
  });

  it('should install from the lock file with a cache, and leave packages of production alone', () => {
    const [install, ...others] = stepsNamed(build!, 'RUN');
    expect(install!.text).toMatch(/^npm ci\b/);
    expect(install!.flags).toEqual({ mount: 'type=cache,target=/root/.npm' });
    expect(others.at(-1)!.text).toContain('npm prune --omit=dev');
  });

  it('should only copy into the last stage, and from the first', () => {
    expect(stepsNamed(image!, 'RUN')).toEqual([]);
    for (const { flags } of stepsNamed(image!, 'COPY')) expect(flags).toEqual({ from: build!.name });
  });

  it('should not run as root, with Node itself as process 1', () => {
    const steps = image!.steps.map(({ keyword }) => keyword);
    expect(steps.indexOf('USER')).toBeGreaterThan(steps.lastIndexOf('COPY'));
    const [user] = stepsNamed(image!, 'USER');
    expect(user!.args).toEqual(['1000:1000']);
    const [command] = stepsNamed(image!, 'CMD');
    expect(command).toMatchObject({ isList: true, args: ['node', expect.stringMatching(/^dist\/.*main\.js$/)] });
    expect(stepsNamed(image!, 'ENV').map(({ args }) => args)).toEqual([['NODE_ENV=production']]);
  });

  it('should check its health by Node', () => {
    expect(healthCommand(image!)).toEqual(['node', '-e', expect.stringContaining('/healthz')]);
  });
});

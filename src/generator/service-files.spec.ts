import { check, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { serviceFiles } from './service-files.js';
import { renderTemplates } from './render-templates.js';

interface Manifest {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const files = serviceFiles('my-service', { specifier: 'file:../package.tgz' });

describe('when a service is generated', () => {
  it('should consist of a stage, its DTO, tests, a Dockerfile and a README', () => {
    expect([...files.keys()].sort()).toEqual([
      '.dockerignore',
      '.gitignore',
      'Dockerfile',
      'README.md',
      'package.json',
      'src/app.module.ts',
      'src/count-words.dto.ts',
      'src/count-words.pipeline.ts',
      'src/count-words.stage.ts',
      'src/main.ts',
      'test/app.test.ts',
      'test/count-words.stage.test.ts',
      'tsconfig.json',
    ]);
  });

  it('should leave no placeholder', () => {
    expect([...files.entries()].flat().filter((text) => /__\w+__/.test(text))).toEqual([]);
    expect(files.get('README.md')).toMatch(/^# my-service\n/);
  });

  it('should ask for the versions that the package was tested with', () => {
    const manifest = JSON.parse(files.get('package.json') ?? '') as Manifest;
    expect(manifest).toMatchObject({ name: 'my-service', dependencies: { 'nestjs-mosec': 'file:../package.tgz' } });
    expect(Object.values({ ...manifest.dependencies, ...manifest.devDependencies })).not.toContain('*');
  });

  it('should be formatted', async () => {
    const options = await resolveConfig('package.json');
    for (const [path, content] of files) {
      if (/\.(ts|json|md)$/.test(path)) expect(await check(content, { ...options, filepath: path }), path).toBe(true);
    }
  });
});

describe('when a template names a value that is not given', () => {
  it('should say so', () => {
    expect(() => renderTemplates('service', {})).toThrow('"__name__" has no value: correct the template in "service".');
  });
});

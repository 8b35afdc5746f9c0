import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { readCompose } from '../support/compose.js';
import { readYaml } from '../support/kubernetes-manifests.js';
import { scrape } from '../support/metrics.js';
import { REPOSITORY } from '../support/pages.js';
import { ask, post } from '../support/post.js';
import { RedisServer } from '../support/redis-server.js';
import { startApp, startReadyApp } from '../support/start-app.js';
import { waitFor } from '../support/wait-for.js';

// Three programs load models on a busy machine.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 });

const STAGES = ['DetectLines', 'RecogniseLines'];
const deployment = readYaml<IDeployment>('worker-deployment.yaml');
const pod = deployment.spec!.template;
const [container] = pod.spec!.containers;
const variables = ({ env = [] }: { env?: { name: string; value?: string }[] }): Record<string, string> =>
  Object.fromEntries(env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));

describe('when the manifests of worker hosts are read', () => {
  it('should be hosts of the same image and Redis as the gateways, which do without', () => {
    const [gateway] = readYaml<IDeployment>('deployment.yaml').spec!.template.spec!.containers;
    expect(container!.image).toBe(gateway!.image);
    const redisOf = ({ env = [] }: NonNullable<typeof container>) =>
      env.find(({ name }) => name === 'REDIS_URL')?.valueFrom?.secretKeyRef;
    expect(redisOf(gateway!)).toEqual({ ...redisOf(container!), optional: true });
    expect(container!.securityContext).toEqual(gateway!.securityContext);
    expect(deployment.spec!.replicas).toBeUndefined();
  });

  it('should select the pods of their deployment, and no others', () => {
    const { labels } = pod.metadata!;
    expect(deployment.spec!.selector.matchLabels).toEqual(labels);
    expect(readYaml<IDeployment>('deployment.yaml').spec!.selector.matchLabels).not.toEqual(labels);
    for (const file of ['worker-pod-disruption-budget.yaml', 'worker-pod-monitor.yaml']) {
      const { selector } = readYaml<{ spec: { selector: { matchLabels: unknown } } }>(file).spec;
      expect(selector.matchLabels).toEqual(labels);
    }
  });

  it('should scale them by the metric that the adapter makes of the queues', () => {
    const { spec } = readYaml<IHorizontalPodAutoscaler>('worker-horizontal-pod-autoscaler.yaml');
    const { rules } = readYaml<{ rules: { external: { name: { as: string } }[] } }>('prometheus-adapter.values.yaml');
    expect(spec.scaleTargetRef.name).toBe(deployment.metadata!.name);
    expect(spec.metrics?.map(({ external }) => external?.metric.name)).toEqual(
      rules.external.map(({ name }) => name.as),
    );
  });

  it('should leave them the time that they take to drain', () => {
    const drainMs = Number(variables(container!)['MOSEC_DRAIN_TIMEOUT']);
    expect(pod.spec!.terminationGracePeriodSeconds).toBeGreaterThan(drainMs / 1000 + 1);
  });
});

describe('when gateway and hosts run as they are deployed', () => {
  const compose = readCompose().services['worker']!.environment as Record<string, string>;
  let redis: RedisServer;
  let gateway: AppProcess;
  let hosts: AppProcess[];

  beforeAll(async () => {
    redis = await RedisServer.start({ config: ['--appendonly', 'yes', '--maxmemory-policy', 'noeviction'] });
    gateway = await startApp('apps/ocr', { env: { REDIS_URL: redis.url } });
    await gateway.waitListening();
    // The environment of the compose file, and that of the manifest.
    const { MOSEC_PORT: _, ...manifest } = variables(container!);
    hosts = [];
    for (const env of [compose, manifest]) {
      hosts.push(await startReadyApp('apps/ocr', { env: { ...env, REDIS_URL: redis.url } }));
    }
    await gateway.waitReady();
  });
  afterAll(async () => {
    await Promise.all([gateway, ...(hosts ?? [])].map((app) => app?.stop()));
    await redis?.stop();
  });

  it('should run the stages that both name, and no others', async () => {
    const page = await waitFor(async () => {
      const now = await scrape(gateway.url);
      return STAGES.every((stage) => now.sum('mosec_service_remote_hosts', { stage }) === 2) && now;
    });
    expect(page.sum('mosec_service_worker_up', { stage: 'DecodeImage' })).toBeGreaterThan(0);
    for (const stage of STAGES) expect(page.sum('mosec_service_worker_up', { stage })).toBe(0);
  });

  it('should serve probes and metrics on hosts, and no route', async () => {
    const [host] = hosts;
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'] as const) {
      expect((await ask(`${host!.url}${container![probe]!.httpGet!.path!}`)).status).toBe(200);
    }
    expect((await scrape(host!.url)).sum('mosec_service_worker_up')).toBeGreaterThan(0);
    expect((await post(`${host!.url}/ocr`, 'x')).status).toBe(404);
  });

  it('should read a picture, also when one of the hosts has left', async () => {
    const letter = readFileSync(join(REPOSITORY, 'apps/ocr/samples/letter.png'));
    const read = async (): Promise<string[] | undefined> =>
      ((await post(`${gateway.url}/ocr`, letter)).json as { lines?: { text: string }[] }).lines?.map(
        ({ text }) => text,
      );
    expect((await read())?.[0]).toBe('Corner Bakery');
    expect((await hosts[0]!.stop()).code).toBe(0);
    expect((await read())?.[0]).toBe('Corner Bakery');
  });
});

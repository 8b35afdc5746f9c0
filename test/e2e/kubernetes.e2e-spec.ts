import { readdirSync, readFileSync } from 'node:fs';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import type { IService } from 'kubernetes-models/v1';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FOLDER, problemsOf, readYaml, type Manifest } from '../support/kubernetes-manifests.js';
import type { AppProcess } from '../support/app-process.js';
import { ask } from '../support/post.js';
import { startReadyApp } from '../support/start-app.js';

const { resources } = readYaml<{ resources: string[] }>('kustomization.yaml');
const deployment = readYaml<IDeployment>('deployment.yaml');
const pod = deployment.spec!.template;
const [container] = pod.spec!.containers;
const files = readdirSync(FOLDER).filter((file) => !/^(kustomization|.*\.values)\.yaml$/.test(file));

describe('when a manifest is read', () => {
  it.each(files)('should be one that Kubernetes takes: %s', (file) => {
    expect(problemsOf(readYaml<Manifest>(file))).toEqual([]);
  });

  it.each([
    ['a value of another type', { spec: { ...deployment.spec, replicas: 'two' } }, /replicas must be integer/],
    ['a field that is missing', { spec: { replicas: 1 } }, /required property/],
    ['a field that there is not', { spec: { ...deployment.spec, replica: 1 } }, /"replica"' does not exist/],
    ['another version', { apiVersion: 'apps/v1beta1' }, /apiVersion/],
  ])('should be refused with %s', (_what, change, problem) => {
    expect(problemsOf({ ...deployment, ...change }).join()).toMatch(problem);
  });
});

describe('when the manifests are read together', () => {
  it('should apply those that need nothing of the cluster, and name the others', () => {
    const text = readFileSync(`${FOLDER}kustomization.yaml`, 'utf8');
    const named = [...text.matchAll(/^ {2}(?:# )?- (\S+\.yaml)$/gm)].map(([, file]) => file!);
    expect(named.sort()).toEqual(files);
    expect(files).toEqual(expect.arrayContaining(resources));
  });

  it('should select the pods of the deployment everywhere', () => {
    const { labels } = pod.metadata!;
    expect(deployment.spec!.selector.matchLabels).toEqual(labels);
    expect(readYaml<IService>('service.yaml').spec!.selector).toEqual(labels);
    const selects = (file: string) => readYaml<{ spec: { selector: { matchLabels: unknown } } }>(file).spec.selector;
    expect(selects('pod-disruption-budget.yaml').matchLabels).toEqual(labels);
    expect(selects('service-monitor.yaml').matchLabels).toEqual(readYaml<IService>('service.yaml').metadata!.labels);
    const { scaleTargetRef } = readYaml<IHorizontalPodAutoscaler>('horizontal-pod-autoscaler.yaml').spec;
    expect(scaleTargetRef).toMatchObject({ kind: 'Deployment', name: deployment.metadata!.name });
  });

  it('should scale by the metric that the adapter makes', () => {
    const { metrics } = readYaml<IHorizontalPodAutoscaler>('horizontal-pod-autoscaler.yaml').spec;
    const { rules } = readYaml<{ rules: { custom: { name: { as: string } }[] } }>('prometheus-adapter.values.yaml');
    expect(metrics?.map(({ pods }) => pods?.metric.name)).toEqual(rules.custom.map(({ name }) => name.as));
  });

  it('should leave a pod the time that its server takes to stop', () => {
    const drainMs = Number(container!.env?.find(({ name }) => name === 'MOSEC_DRAIN_TIMEOUT')?.value);
    const preStopSeconds = Number(container!.lifecycle?.preStop?.exec?.command?.[1]);
    expect(pod.spec!.terminationGracePeriodSeconds).toBeGreaterThan(preStopSeconds + drainMs / 1000 + 1);
  });

  it('should run without privileges, and write only where it is given memory or a disk', () => {
    expect(pod.spec!.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(container!.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(container!.volumeMounts?.map(({ mountPath }) => mountPath)).toEqual(['/dev/shm', '/tmp']);
    expect(pod.spec!.volumes?.[0]?.emptyDir).toEqual({ medium: 'Memory', sizeLimit: '512Mi' });
  });
});

describe('when the server of the deployment runs', () => {
  let app: AppProcess;
  beforeAll(async () => void (app = await startReadyApp('http-status')));
  afterAll(() => app?.stop());

  it.each(['startupProbe', 'livenessProbe', 'readinessProbe'] as const)('should answer its %s', async (probe) => {
    const { path, port } = container![probe]!.httpGet!;
    expect(container!.ports?.map(({ name }) => name)).toContain(port);
    expect((await ask(`${app.url}${path}`)).status).toBe(200);
  });
});

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PodMonitor, ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { load } from 'js-yaml';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service } from 'kubernetes-models/v1';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Files that the compiler has read: they are the same for all manifests. */
const sources = new Map<string, ts.SourceFile | undefined>();
export const FOLDER = `${ROOT}deploy/kubernetes/`;

/** Class and module of each kind, with the schema that the API server has. */
const KINDS = {
  Deployment: { model: Deployment, module: 'kubernetes-models/apps/v1' },
  HorizontalPodAutoscaler: { model: HorizontalPodAutoscaler, module: 'kubernetes-models/autoscaling/v2' },
  PodDisruptionBudget: { model: PodDisruptionBudget, module: 'kubernetes-models/policy/v1' },
  PodMonitor: {
    model: PodMonitor,
    module: '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1',
  },
  Service: { model: Service, module: 'kubernetes-models/v1' },
  ServiceMonitor: {
    model: ServiceMonitor,
    module: '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1',
  },
};

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: keyof typeof KINDS;
}

export function readYaml<T>(file: string): T {
  return load(readFileSync(FOLDER + file, 'utf8')) as T;
}

/**
 * What the API server would refuse: values against the schema, and, by the compiler, fields that it does not know, which
 * the schemas let pass.
 */
export function problemsOf(manifest: Manifest): string[] {
  const { model } = KINDS[manifest.kind];
  if (manifest.apiVersion !== model.apiVersion) return [`apiVersion is not ${model.apiVersion}`];
  return [...schemaProblems(manifest), ...unknownFields(manifest)];
}

function schemaProblems(manifest: Manifest): string[] {
  const { model: Model } = KINDS[manifest.kind] as { model: new (data: object) => { validate(): void } };
  try {
    new Model(manifest).validate();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

function unknownFields(manifest: Manifest): string[] {
  const { module } = KINDS[manifest.kind];
  const source = `import type { I${manifest.kind} } from '${module}';
export const manifest: I${manifest.kind} = ${JSON.stringify(manifest)};`;
  const file = `${ROOT}test/support/manifest.generated.ts`;
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.readFile = (name) => (name === file ? source : readFile(name));
  host.getSourceFile = (name, target, ...rest) =>
    name === file
      ? ts.createSourceFile(name, source, target)
      : remembered(name, () => getSourceFile(name, target, ...rest));
  const program = ts.createProgram([file], options, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

function remembered(name: string, read: () => ts.SourceFile | undefined): ts.SourceFile | undefined {
  if (!sources.has(name)) sources.set(name, read());
  return sources.get(name);
}

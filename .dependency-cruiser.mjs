/**
 * The walls of the house. Imports run in the direction of data; see "Layout" in CONTRIBUTING.md.
 * `types` may be imported as types only; `packages` are the npm packages a lib may use (specs: also the test tools).
 */
const LIBS = {
  contracts: { libs: [] },
  codec: { libs: ['contracts'], packages: ['msgpackr', '@fastify/busboy'] },
  protocol: { libs: ['contracts'] },
  memory: { libs: ['contracts'], packages: ['koffi'] },
  handover: { libs: ['contracts', 'protocol'], packages: ['ioredis'] },
  worker: { libs: ['contracts', 'protocol', 'codec', 'memory'] },
  transport: { libs: ['contracts', 'protocol', 'memory'] },
  scheduler: { libs: ['contracts'], types: ['transport'] },
  pipeline: { libs: ['contracts', 'scheduler'] },
  jobs: { libs: ['contracts'], packages: ['bullmq', 'ioredis'] },
  metrics: { libs: ['contracts'], packages: ['prom-client'] },
  remote: { libs: ['contracts', 'protocol', 'pipeline', 'scheduler'], packages: ['bullmq', 'ioredis'] },
};

const SPEC = '\\.(spec|fixture)\\.ts$';
/** Of the load tester what the other client of the command line uses too. */
const SHARED_BY_CLIENTS = '^src/load-test/(client/(error-code|reach-server)|report/(progress|units))\\.ts$';
const COMPOSITION_ROOT = '^src/mosec\\.(composition|launcher|remotes)\\.ts$';
/** Only the composition root brings these to life. */
const ENGINE = '^libs/(transport|scheduler|pipeline|metrics|protocol|memory|remote)/';

const oneOf = (names) => `(${names.join('|')})`;
const refuse = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const wallsOf = ([lib, { libs, types = [], packages = [] }]) => [
  refuse(
    `libs/${lib}-libs`,
    `libs/${lib} may import of the other libs: ${[...libs, ...types.map((type) => `${type} (types)`)].join(', ') || 'none'}.`,
    { path: `^libs/${lib}/` },
    { path: '^libs/', pathNot: `^libs/${oneOf([lib, ...libs, ...types])}/` },
  ),
  refuse(
    `libs/${lib}-packages`,
    `libs/${lib} is plain Node; npm packages it may import: ${packages.join(', ') || 'none'}.`,
    { path: `^libs/${lib}/`, pathNot: SPEC },
    {
      dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
      ...(packages.length > 0 && { pathNot: `(^|/)${oneOf(packages)}(/|$)` }),
    },
  ),
  ...types.map((type) =>
    refuse(
      `libs/${lib}-types-of-${type}`,
      `libs/${lib} may import types of ${type}, not values.`,
      { path: `^libs/${lib}/`, pathNot: SPEC },
      { path: `^libs/${type}/`, dependencyTypesNot: ['type-only'] },
    ),
  ),
];

const libWalls = [
  ...Object.entries(LIBS).flatMap(wallsOf),
  refuse(
    'libs-listed',
    'A new lib needs its row in the table of .dependency-cruiser.mjs.',
    {
      path: '^libs/',
      pathNot: `^libs/${oneOf(Object.keys(LIBS))}/`,
    },
    {},
  ),
  refuse(
    'libs-without-nest',
    'The engine is plain Node: no Nest in libs.',
    { path: '^libs/' },
    { path: '(^|/)@nestjs/' },
  ),
  refuse(
    'libs-below',
    'libs know nothing of src, apps and test.',
    { path: '^libs/' },
    { path: ['^(src|apps|test|dist)/', '^nestjs-mosec(/|$)'] },
  ),
  refuse(
    'libs-by-their-door',
    'Import a lib through #libs/<lib>, that is libs/<lib>/src/index.ts, never one of its files.',
    { path: '^(src|libs/([^/]+))/' },
    { path: '^libs/', pathNot: ['^libs/$2/', '^libs/[^/]+/src/index\\.ts$'] },
  ),
  refuse(
    'libs-by-their-name',
    'Import a lib by its name #libs/<lib>, not by a relative path.',
    { path: '^(src|libs/([^/]+))/' },
    { path: '^libs/', pathNot: '^libs/$2/', dependencyTypesNot: ['aliased-subpath-import'] },
  ),
  refuse(
    'no-own-door',
    'Inside a lib import the file, not the door of the same lib.',
    { path: '^libs/([^/]+)/', pathNot: SPEC },
    { path: '^libs/$1/src/index\\.ts$' },
  ),
];

const nestWalls = [
  refuse(
    'src-engine-values',
    'Only src/mosec.composition.ts, mosec.launcher.ts and mosec.remotes.ts construct engine classes; elsewhere in src the engine is types.',
    { path: '^src/', pathNot: [COMPOSITION_ROOT, '^src/worker/', SPEC] },
    { path: ENGINE, dependencyTypesNot: ['type-only'] },
  ),
  refuse(
    'worker-lib-in-workers',
    'libs/worker runs in worker processes: only src/worker imports it (and the composition root, dynamically).',
    { path: '^src/', pathNot: ['^src/worker/', COMPOSITION_ROOT] },
    { path: '^libs/worker/' },
  ),
  refuse(
    'worker-lib-dynamic',
    'The composition root loads libs/worker by import() for inline execution, so that a gateway without it stays light.',
    { path: COMPOSITION_ROOT },
    { path: '^libs/worker/', dynamic: false, dependencyTypesNot: ['type-only'] },
  ),
  refuse(
    'src-http-libs',
    'src/http may import contracts and types of pipeline.',
    { path: '^src/http/' },
    { path: '^libs/', pathNot: '^libs/(contracts|pipeline)/' },
  ),
  refuse(
    'src-http-src',
    'src/http may import interfaces, config and decorators of src.',
    { path: '^src/http/' },
    { path: '^src/', pathNot: '^src/(http|interfaces|config|decorators)/' },
  ),
  refuse(
    'src-worker-libs',
    'src/worker may import contracts, handover, metrics, worker and types of codec.',
    { path: '^src/worker/' },
    { path: '^libs/', pathNot: '^libs/(contracts|handover|metrics|worker|codec)/' },
  ),
  refuse(
    'src-worker-types-of-codec',
    'src/worker gets codecs through libs/worker.',
    { path: '^src/worker/', pathNot: SPEC },
    { path: '^libs/codec/', dependencyTypesNot: ['type-only'] },
  ),
  refuse(
    'src-worker-src',
    'src/worker runs in worker processes: of src it may import decorators, interfaces and tracing.',
    { path: '^src/worker/' },
    { path: '^src/', pathNot: '^src/(worker|decorators|interfaces|tracing)/' },
  ),
  refuse(
    'otel-in-tracing',
    'Only src/tracing knows OpenTelemetry, whose package it loads when it is asked to trace.',
    { path: '^(src|libs)/', pathNot: ['^src/tracing/', SPEC] },
    { path: '(^|/)@opentelemetry/' },
  ),
  refuse(
    'otel-loaded-late',
    'src/tracing imports types of OpenTelemetry; the package itself is loaded when it is asked to trace.',
    { path: '^src/tracing/', pathNot: SPEC },
    { path: '(^|/)@opentelemetry/', dependencyTypesNot: ['type-only'] },
  ),
  refuse(
    'src-tracing-src',
    'src/tracing may import contracts, the clock and interfaces.',
    { path: '^src/tracing/', pathNot: SPEC },
    { path: '^(src|libs)/', pathNot: ['^src/(tracing|interfaces)/', '^src/mosec\\.clock\\.ts$', '^libs/contracts/'] },
  ),
  refuse(
    'src-onnx-libs',
    'src/onnx may import contracts and codec.',
    { path: '^src/onnx/' },
    { path: '^libs/', pathNot: '^libs/(contracts|codec)/' },
  ),
  refuse(
    'src-onnx-src',
    'src/onnx may import decorators, interfaces and the context of a worker; its specs also the doors of the package.',
    { path: '^src/onnx/', pathNot: SPEC },
    { path: '^src/', pathNot: ['^src/(onnx|decorators|interfaces)/', '^src/worker/worker-context\\.ts$'] },
  ),
  refuse(
    'onnx-by-its-door',
    'src/onnx is an entry of its own: the rest of the package does without it and its optional peer.',
    { path: '^src/', pathNot: '^src/onnx/' },
    { path: '^src/onnx/' },
  ),
  refuse(
    'src-open-inference-libs',
    'src/open-inference may import contracts, codec and types of pipeline.',
    { path: '^src/open-inference/' },
    { path: '^libs/', pathNot: '^libs/(contracts|codec|pipeline)/' },
  ),
  refuse(
    'src-open-inference-src',
    'src/open-inference may import http, interfaces, config and decorators, and what it shares with routes at the root of src.',
    { path: '^src/open-inference/', pathNot: SPEC },
    {
      path: '^src/',
      pathNot: [
        '^src/(open-inference|http|interfaces|config|decorators)/',
        '^src/(mosec\\.(module|registry|http-edge)|pipeline-edges)\\.ts$',
      ],
    },
  ),
  refuse(
    'open-inference-by-its-door',
    'src/open-inference is an entry of its own: the rest of the package does without it.',
    { path: '^src/', pathNot: '^src/open-inference/' },
    { path: '^src/open-inference/' },
  ),
  refuse(
    'src-openai-src',
    'src/openai may import config, decorators, http and interfaces of src, and of its modules the door and the HTTP edge.',
    { path: '^src/openai/', pathNot: SPEC },
    {
      path: '^src/',
      pathNot: ['^src/(openai|http|interfaces|config|decorators)/', '^src/mosec\\.(module|http-edge|tokens)\\.ts$'],
    },
  ),
  refuse(
    'src-openai-libs',
    'src/openai may import contracts and codec.',
    { path: '^src/openai/', pathNot: SPEC },
    { path: '^libs/', pathNot: '^libs/(contracts|codec)/' },
  ),
  refuse(
    'src-openai-is-optional',
    'Nothing of the package needs src/openai: it is a building block on top.',
    { path: '^src/', pathNot: '^src/openai/' },
    { path: '^src/openai/' },
  ),
  refuse(
    'src-load-test',
    'src/load-test is a client: it knows the server by HTTP alone. Of npm packages it may import undici.',
    { path: '^src/load-test/', pathNot: SPEC },
    {
      path: ['^(src|libs)/', '(^|/)node_modules/'],
      pathNot: ['^src/load-test/', '(^|/)node_modules/(undici|@types/node)/'],
    },
  ),
  refuse(
    'load-test-by-its-command',
    'The load tester is a program of its own: only the command line starts it.',
    { path: '^src/', pathNot: ['^src/load-test/', '^src/cli/(bench/|commands/bench\\.command\\.ts$)'] },
    { path: '^src/load-test/', pathNot: SHARED_BY_CLIENTS },
  ),
  refuse(
    'src-batch',
    'src/batch is a client: it knows the server by HTTP alone. Of npm packages it may import undici, of the load tester words.',
    { path: '^src/batch/', pathNot: SPEC },
    {
      path: ['^(src|libs)/', '(^|/)node_modules/'],
      pathNot: ['^src/batch/', SHARED_BY_CLIENTS, '(^|/)node_modules/(undici|@types/node)/'],
    },
  ),
  refuse(
    'batch-by-its-command',
    'Batch files are a program of their own: only the command line starts it.',
    { path: '^src/', pathNot: ['^src/batch/', '^src/cli/(batch/|commands/batch\\.command\\.ts$)'] },
    { path: '^src/batch/' },
  ),
  refuse(
    'undici-in-clients',
    'No server loads undici: it is the client of the command line.',
    { path: '^(src|libs)/', pathNot: '^src/(load-test|batch)/' },
    { path: '(^|/)node_modules/undici/' },
  ),
  refuse(
    'src-jobs-libs',
    'src/jobs may import contracts, jobs and types of pipeline.',
    { path: '^src/jobs/' },
    { path: '^libs/', pathNot: '^libs/(contracts|jobs|pipeline)/' },
  ),
  refuse(
    'src-status-page',
    'src/status-page shows what the engine tells: of src it may import control, decorators, engine and clock, of libs types.',
    { path: '^src/status-page/', pathNot: SPEC },
    {
      path: ['^src/', '^libs/'],
      pathNot: ['^src/(status-page|control|decorators)/', '^src/mosec\\.(engine|clock)\\.ts$', '^libs/metrics/'],
    },
  ),
  refuse('src-below', 'src knows nothing of apps.', { path: '^src/' }, { path: '^(apps|dist)/' }),
  refuse('src-below-test', 'src knows nothing of test.', { path: '^src/', pathNot: SPEC }, { path: '^test/' }),
];

const appWalls = [
  refuse(
    'apps-by-package-name',
    "An app imports the package as a user does: 'nestjs-mosec', never src, libs or dist by path.",
    { path: '^apps/', pathNot: '^apps/simulation/' },
    {
      path: ['^(src|libs|test|dist)/', '^#libs/'],
      pathNot: '^dist/src/((testing|onnx|openai|open-inference)/)?index\\.(js|d\\.ts)$',
    },
  ),
  refuse(
    'simulation-batcher',
    'apps/simulation runs the batcher of libs/scheduler on virtual time; for all else it is an app like the others.',
    { path: '^apps/simulation/' },
    {
      path: ['^(src|libs|test|dist)/', '^#libs/'],
      pathNot: ['^libs/scheduler/src/index\\.ts$', '^dist/src/index\\.(js|d\\.ts)$'],
    },
  ),
  refuse(
    'apps-door-by-name',
    "Import 'nestjs-mosec' by its name, not by a path into dist.",
    { path: '^apps/' },
    { path: '^dist/', dependencyTypes: ['local'] },
  ),
  refuse('apps-apart', 'An app stands alone.', { path: '^apps/([^/]+)/' }, { path: '^apps/', pathNot: '^apps/$1/' }),
];

const everywhere = [
  refuse(
    'no-cycles',
    'A cycle means that two files are one idea, or that one idea is missing.',
    {},
    { circular: true },
  ),
  refuse('resolvable', 'The import leads nowhere.', {}, { couldNotResolve: true, pathNot: '^nestjs-mosec(/|$)' }),
  refuse(
    'declared-packages',
    'What the package imports at run time is a dependency or a peer in package.json.',
    { path: '^(src|libs)/', pathNot: SPEC },
    { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm', 'npm-peer', 'type-only'] },
  ),
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...libWalls, ...nestWalls, ...appWalls, ...everywhere],
  options: {
    doNotFollow: { path: ['node_modules', '^dist/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['mosec-source', 'types', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};

import { describe, expect, it } from 'vitest';
import { type StageReading } from '../server/server-reading.js';
import { suggest } from './suggest.js';
import { type Evidence } from './suggestion.js';

const calm: StageReading = {
  ...{ stage: 'Classify', replicas: 1, batches: 100, items: 800, meanBatch: 8, maxBatchSize: 8, fill: 1 },
  ...{ releases: { full: 100 }, holdMeanMs: 0, queueMeanMs: 1, queueP90Ms: 2, serviceMeanMs: 10, busy: 0.4 },
  ...{ shed: 0, expired: 0, cancelled: 0, retried: 0, restarts: 0 },
};
const generator = { utilisation: 0.2, cpuCores: 0.2, idleCores: 6, lagP99Ms: 1, unsent: 0 };

function kinds(stage: Partial<StageReading>, evidence: Partial<Evidence> = {}): string[] {
  const found = suggest({
    ...{ loop: 'open', connections: 10, requests: 800, sloMs: undefined, attainment: undefined, cores: 8 },
    ...{ generator, batchCosts: new Map(), byStatus: new Map([[200, 800]]) },
    server: { seconds: 10, cpuCores: 1, stages: [{ ...calm, ...stage }] },
    ...evidence,
  });
  return found.map(({ kind }) => kind);
}

const queued = { busy: 0.95, queueMeanMs: 100 };
const costs = (fixedMs: number, perItemMs: number) => new Map([['Classify', { fixedMs, perItemMs }]]);

describe('when suggestions are drawn', () => {
  it.each([
    ['nothing is at its limit', {}, {}, ['fine']],
    ['replicas are busy and cores free', { ...queued, fill: 0.6, releases: { target: 100 } }, {}, ['more-replicas']],
    ['replicas are busy and no core free', { ...queued, releases: {} }, { cores: 1 }, ['more-cores']],
    ['full batches grow cheaply', { queueMeanMs: 50 }, { batchCosts: costs(9, 0.1) }, ['larger-batch']],
    ['full batches grow in proportion', { queueMeanMs: 50 }, { batchCosts: costs(0, 1) }, ['fine']],
    ['batches are held in vain', { fill: 0.2, releases: { hold: 90 }, holdMeanMs: 10 }, {}, ['shorter-wait']],
    ['requests are refused', {}, { byStatus: new Map([[429, 80]]) }, ['refused']],
    ['the generator is busy', {}, { generator: { ...generator, utilisation: 0.97 } }, ['client-limited']],
    ['metrics are missing', {}, { server: undefined }, ['no-metrics']],
  ])('should tell that %s', (_, stage, evidence, expected) => {
    expect(kinds(stage, evidence)).toEqual(expected);
  });
});

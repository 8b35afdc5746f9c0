import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerMetrics } from '#libs/metrics';
import type { AppProcess } from '../support/app-process.js';
import { scrape, type Scrape } from '../support/metrics.js';
import { post } from '../support/post.js';
import { startReadyApp } from '../support/start-app.js';

const PREFIX = 'mosec_service_';

interface Series {
  readonly name: string;
  readonly type: string;
  readonly labels: string;
}

const names = (list: readonly Series[]): string[] => list.map(({ name }) => name).sort();
const isOfRedis = ({ name }: Series): boolean => /^(redis|remote|jobs)_/.test(name.slice(PREFIX.length));

/** The rows of the tables of the page. */
async function documented(): Promise<Series[]> {
  const page = await readFile(new URL('../../docs/metrics.md', import.meta.url), 'utf8');
  const rows = page.matchAll(/^\| `…_(\w+)` *\| (\w+) *\| ([^|]*)\|/gm);
  return [...rows].map(([, name = '', type = '', labels = '']) => ({
    name: PREFIX + name,
    type,
    labels: [...labels.matchAll(/`(\w+)`/g)]
      .map(([, label]) => label)
      .sort()
      .join(),
  }));
}

/** The series of the server that a scrape has, with the labels of their samples where there are any. */
function live({ types, samples }: Scrape): Series[] {
  return [...types]
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([name, type]) => {
      const suffix = type === 'histogram' ? '_count' : '';
      const found = samples.find((sample) => sample.name === name + suffix);
      return {
        name,
        type,
        labels: Object.keys(found?.labels ?? {})
          .sort()
          .join(),
      };
    });
}

describe('when the page on metrics is read', () => {
  let app: AppProcess;
  let shown: Series[];

  beforeAll(async () => {
    app = await startReadyApp('metrics');
    await post(`${app.url}/two`, {});
    await post(`${app.url}/stream`, {});
    shown = live(await scrape(app.url));
  });
  afterAll(() => app?.stop());

  it('should name every series of a running server, and no other', async () => {
    const page = (await documented()).filter((series) => !isOfRedis(series));
    expect(names(page)).toEqual(names(shown));
  });

  it('should tell their types and labels', async () => {
    const page = new Map((await documented()).map((series) => [series.name, series]));
    for (const series of shown) {
      const isWithoutSamples = series.name === `${PREFIX}shed_total`;
      expect({ ...page.get(series.name), ...(isWithoutSamples && { labels: '' }) }).toEqual(series);
    }
  });

  it('should name those of Redis and of remote stages', async () => {
    const nothing = { remainingTasks: () => 0, stages: () => [] };
    const metrics = new ServerMetrics({ namespace: 'mosec_service', timeoutMs: 1, version: '', ...nothing });
    metrics.showHandOvers(() => []);
    metrics.showRemotes(() => []);
    metrics.showJobs(() => []);
    const redis = metrics.registry.getMetricsAsArray().filter(({ name }) => /_(redis|remote|jobs)_/.test(name));
    expect(names((await documented()).filter(isOfRedis))).toEqual(redis.map(({ name }) => name).sort());
  });
});

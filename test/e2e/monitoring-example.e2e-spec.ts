import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppProcess } from '../support/app-process.js';
import { boardQueries, readBoard, variableSelectors } from '../support/board.js';
import { REPOSITORY } from '../support/pages.js';
import { childPids } from '../support/processes.js';
import { PrometheusServer } from '../support/prometheus-server.js';
import { readmeExample, runReadmeRequest, startReadmeExample, type ReadmeRequest } from '../support/readme-example.js';
import { waitFor } from '../support/wait-for.js';

const isLoad = ({ command }: ReadmeRequest): boolean => command.includes('load.js');

/** Those of its results that are a number: `rate` of what stands still gives NaN where it divides. */
const numbers = (values: readonly { value: readonly [number, string] }[]): number[] =>
  values.map(({ value: [, text] }) => Number(text)).filter(Number.isFinite);

describe('when Prometheus watches the example under load, by the files of deploy', () => {
  const board = readBoard();
  let app: AppProcess;
  let load: AppProcess | undefined;
  let prometheus: PrometheusServer | undefined;

  beforeAll(async () => {
    const example = await readmeExample('apps/monitoring');
    app = await startReadmeExample(example);
    const command = example.requests.find(isLoad)!.command.replace('http://localhost:8000', app.url);
    const clients = spawn('sh', ['-c', `exec ${command}`], { cwd: REPOSITORY, stdio: ['ignore', 'pipe', 'pipe'] });
    load = new AppProcess(clients, app.port);
    prometheus = await PrometheusServer.start(`127.0.0.1:${app.port}`);
  });
  afterAll(async () => {
    await load?.stop('SIGKILL');
    await prometheus?.stop();
    await app?.stop();
  });

  it('should find the server up', async () => {
    const targets = await waitFor(async () => {
      const list = await prometheus!.targets();
      return list.length > 0 && list.every(({ health }) => health === 'up') && list;
    });
    expect(targets.map(({ scrapeUrl }) => scrapeUrl)).toEqual([`${app.url}/metrics`]);
    expect(await prometheus!.query('up{job="mosec"}')).toHaveLength(1);
  });

  it('should answer each curl line as the README says', async () => {
    const { requests } = await readmeExample('apps/monitoring');
    const calls = requests.filter((request) => !isLoad(request));
    expect(calls.length).toBeGreaterThan(1);
    for (const call of calls) expect(await runReadmeRequest(call, app)).toBe(call.answer);
  });

  it('should get numbers for every query of the board but those of worker hosts, of which it has none', async () => {
    const queries = boardQueries(board).filter(({ expression }) => !expression.includes('_remote_'));
    let empty = queries;
    await waitFor(
      async () => {
        const results = await Promise.all(empty.map(({ expression }) => prometheus!.query(expression)));
        empty = empty.filter((_, index) => numbers(results[index]!).length === 0);
        return empty.length === 0;
      },
      { everyMs: 250, timeoutMs: 20_000 },
    ).catch(() => undefined);
    expect(empty).toEqual([]);
  });

  it('should find values for every variable of the board', async () => {
    for (const selector of variableSelectors(board)) expect(await prometheus!.query(selector)).not.toEqual([]);
  });

  it('should show a worker that was killed as a restart', async () => {
    const panel = boardQueries(board).find(({ name }) => name.startsWith('Restarts'));
    process.kill(childPids(app.pid)[0]!, 'SIGKILL');
    await waitFor(async () => {
      const ended = (await prometheus!.query(panel!.expression)).filter(({ metric }) => metric['cause'] === 'ended');
      return numbers(ended).some((restarts) => restarts > 0);
    });
  });

  it('should evaluate every alert, and find the refusals of the load', async () => {
    const rules = await waitFor(async () => {
      const list = await prometheus!.alertRules();
      const refusals = list.find(({ name }) => name === 'MosecRefusals');
      return list.every(({ health }) => health !== 'unknown') && refusals?.state !== 'inactive' && list;
    });
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
    for (const { query } of rules) await prometheus!.query(query);
    expect(rules.find(({ name }) => name === 'MosecTargetDown')).toMatchObject({ state: 'inactive' });
  });
});

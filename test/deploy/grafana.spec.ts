import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { boardTypeProblems, readBoardText } from '../support/board-types.js';
import { BOARD_FILE, type BoardPanel, boardQueries, readBoard, variableSelectors } from '../support/board.js';
import { type Compose, mountsOf, readCompose } from '../support/compose.js';
import { documentedNames, namesIn } from '../support/metric-names.js';
import { REPOSITORY } from '../support/pages.js';

interface DataSources {
  apiVersion: number;
  datasources: { uid: string; type: string; url: string; jsonData: { timeInterval: string } }[];
}
interface Providers {
  apiVersion: number;
  providers: { type: string; options: { path: string } }[];
}

const provisioned = <T>(path: string): T =>
  parse(readFileSync(join(REPOSITORY, 'deploy/grafana/provisioning', path), 'utf8')) as T;

const overlap = ({ gridPos: a }: BoardPanel, { gridPos: b }: BoardPanel): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

const board = readBoard();
const text = readBoardText(BOARD_FILE);
const { apiVersion, datasources } = provisioned<DataSources>('datasources/prometheus.yml');
const [source] = datasources;
const compose: Compose = readCompose();

describe('when Grafana reads the board', () => {
  it('should find it as its types say', () => {
    expect(boardTypeProblems(text)).toEqual([]);
  });

  it.each([
    ['"type": "timeseries"', '"type": "timeserie"'],
    ['"mode": "multi"', '"mode": "many"'],
    ['"drawStyle": "line"', '"drawStyle": "lines"'],
    ['"expr":', '"query":'],
    ['"graphTooltip": 1', '"graphTooltip": 7'],
    ['"timezone":', '"timezones":'],
  ])('should not accept it with another text for %s', (right, wrong) => {
    expect(boardTypeProblems(text.replace(right, wrong))).not.toEqual([]);
  });

  it('should show no panel twice, nor one over another', () => {
    expect(new Set(board.panels.map(({ id }) => id)).size).toBe(board.panels.length);
    for (const [index, panel] of board.panels.entries()) {
      expect(panel.gridPos.x + panel.gridPos.w).toBeLessThanOrEqual(24);
      expect(board.panels.slice(index + 1).filter((other) => overlap(panel, other))).toEqual([]);
    }
  });

  it('should ask the provisioned data source for documented series alone', () => {
    const graphs = board.panels.filter(({ type }) => type !== 'row');
    const asked = [...graphs, ...board.templating.list].map(({ datasource }) => datasource);
    expect(new Set(asked.map((reference) => JSON.stringify(reference)))).toEqual(
      new Set([JSON.stringify({ type: source!.type, uid: source!.uid })]),
    );
    const known = documentedNames();
    const names = namesIn(
      [...boardQueries(board).map(({ expression }) => expression), ...variableSelectors(board)].join(),
    );
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  it('should have each row on the page', () => {
    const page = readFileSync(join(REPOSITORY, 'docs/monitoring.md'), 'utf8');
    const described = [...page.matchAll(/^\| _([^|_]+)_ +\|/gm)].map(([, title]) => title);
    expect(described).toEqual(board.panels.filter(({ type }) => type === 'row').map(({ title }) => title));
  });
});

describe('when Grafana is provisioned', () => {
  const grafana = mountsOf(compose, 'grafana');

  it('should reach the Prometheus of the compose file, and know how often that scrapes', () => {
    const { protocol, hostname, port } = new URL(source!.url);
    expect([apiVersion, protocol]).toEqual([1, 'http:']);
    expect(compose.services[hostname]?.ports?.join()).toMatch(new RegExp(`:${port}$`));
    const prometheus = readFileSync(join(REPOSITORY, 'deploy/prometheus/prometheus.yml'), 'utf8');
    const { global } = parse(prometheus) as { global: { scrape_interval: string } };
    expect(source!.jsonData.timeInterval).toBe(global.scrape_interval);
  });

  it('should find the files where the compose file puts them', () => {
    expect(existsSync(join(grafana.get('/etc/grafana/provisioning')!, 'dashboards/mosec.yml'))).toBe(true);
    const { apiVersion: version, providers } = provisioned<Providers>('dashboards/mosec.yml');
    expect([version, providers[0]!.type]).toEqual([1, 'file']);
    const folder = grafana.get(providers[0]!.options.path)!;
    expect(join(folder, 'mosec.json')).toBe(join(REPOSITORY, BOARD_FILE));
    expect(compose.services['grafana']!.environment!['GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH']).toBe(
      `${providers[0]!.options.path}/mosec.json`,
    );
  });
});

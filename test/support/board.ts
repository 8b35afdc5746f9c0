import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from './pages.js';

/** What Grafana takes for a rate over four scrapes of the 1 s that `PrometheusServer` has. */
const RATE_INTERVAL = '5s';

interface DataSourceRef {
  readonly type: string;
  readonly uid: string;
}

export interface BoardPanel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly datasource?: DataSourceRef;
  readonly gridPos: { readonly h: number; readonly w: number; readonly x: number; readonly y: number };
  readonly targets?: readonly { readonly refId: string; readonly expr: string; readonly legendFormat: string }[];
}

export interface BoardVariable {
  readonly name: string;
  readonly allValue: string;
  readonly query: { readonly query: string };
  readonly datasource: DataSourceRef;
}

export interface Board {
  readonly uid: string;
  readonly panels: readonly BoardPanel[];
  readonly templating: { readonly list: readonly BoardVariable[] };
}

export const BOARD_FILE = 'deploy/grafana/dashboards/mosec.json';

export function readBoard(): Board {
  return JSON.parse(readFileSync(join(REPOSITORY, BOARD_FILE), 'utf8')) as Board;
}

export interface BoardQuery {
  /** Of the panel and the query. */
  readonly name: string;
  readonly expression: string;
}

/** Every query of the panels, as Grafana sends it with "All" chosen in each variable. */
export function boardQueries({ panels, templating }: Board): BoardQuery[] {
  const filled = (text: string): string =>
    templating.list
      .reduce((result, { name, allValue }) => result.replaceAll(`$${name}`, allValue), text)
      .replaceAll('$__rate_interval', RATE_INTERVAL);
  return panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ refId, expr }) => ({ name: `${title} (${refId})`, expression: filled(expr) })),
  );
}

/** Series selectors behind the variables: `label_values(<selector>, <label>)`. */
export function variableSelectors({ templating }: Board): string[] {
  return templating.list.map(({ query: { query } }) =>
    (/^label_values\((.*), \w+\)$/.exec(query)?.[1] ?? '').replaceAll('$instance', '.*'),
  );
}

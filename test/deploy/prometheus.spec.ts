import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { documentedNames, namesIn } from '../support/metric-names.js';
import { REPOSITORY } from '../support/pages.js';

const FOLDER = join(REPOSITORY, 'deploy/prometheus');
const RULES = join(FOLDER, 'rules/alerts.yml');
const TESTS = join(FOLDER, 'tests/alerts.test.yml');

interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: { summary: string } }[] }[];
}
interface RuleTests {
  tests: { alert_rule_test?: { alertname: string; exp_alerts: unknown[] }[] }[];
}

/** @returns what it complains of; empty if of nothing */
function promtool(...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync('promtool', args, { encoding: 'utf8' });
  return status === 0 ? '' : `${stdout}${stderr}${error ? String(error) : ''}`;
}

const { groups } = parse(readFileSync(RULES, 'utf8')) as Rules;
const alerts = groups.flatMap(({ rules }) => rules);

describe('when Prometheus is configured by the files of deploy', () => {
  it('should find the configuration and the rules valid', () => {
    expect(promtool('check', 'config', join(FOLDER, 'prometheus.yml'))).toBe('');
    expect(promtool('check', 'rules', RULES)).toBe('');
  });

  it('should raise each alert as the tests of the rules say', () => {
    expect(promtool('test', 'rules', TESTS)).toBe('');
  });

  it('should have a test in which each alert is raised', () => {
    const { tests } = parse(readFileSync(TESTS, 'utf8')) as RuleTests;
    const raised = tests
      .flatMap(({ alert_rule_test: list = [] }) => list)
      .filter(({ exp_alerts: expected }) => expected.length > 0);
    expect(new Set(raised.map(({ alertname }) => alertname))).toEqual(new Set(alerts.map(({ alert }) => alert)));
  });

  it('should ask for documented series alone', () => {
    const known = documentedNames();
    const names = alerts.flatMap(({ expr }) => namesIn(expr));
    expect(names.length).toBeGreaterThan(alerts.length - 2);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  it('should have each alert on the page', () => {
    const page = readFileSync(join(REPOSITORY, 'docs/monitoring.md'), 'utf8');
    const described = [...page.matchAll(/^\| `(Mosec\w+)`/gm)].map(([, name]) => name);
    expect(described).toEqual(alerts.map(({ alert }) => alert));
  });
});

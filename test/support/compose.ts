import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { REPOSITORY } from './pages.js';

export interface ComposeService {
  readonly build?: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  /** Null is what the one who starts Compose has set, if anything. */
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly profiles?: readonly string[];
  readonly depends_on?: unknown;
  readonly scale?: number;
  readonly read_only?: boolean;
  readonly tmpfs?: readonly string[];
  readonly stop_grace_period?: string;
}

export interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, null>>;
}

export function readCompose(): Compose {
  return parse(readFileSync(join(REPOSITORY, 'docker-compose.yml'), 'utf8')) as Compose;
}

/** Folders of the repository that a service sees, by their path in its container. */
export function mountsOf({ services }: Compose, name: string): ReadonlyMap<string, string> {
  const mounts = (services[name]?.volumes ?? []).filter((volume) => volume.startsWith('./'));
  return new Map(
    mounts.map((volume) => {
      const [from = '', to = ''] = volume.split(':');
      return [to, join(REPOSITORY, from)];
    }),
  );
}

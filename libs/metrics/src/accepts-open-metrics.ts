interface Wish {
  readonly type: string;
  readonly version: string | undefined;
  readonly quality: number;
}

const VERSIONS: readonly (string | undefined)[] = [undefined, '0.0.1', '1.0.0'];

/**
 * Whether a client would rather have OpenMetrics than the text format. Parameters that this server does not know, as
 * `escaping`, say nothing against it.
 * @param accept the header; absent where the client says nothing
 */
export function acceptsOpenMetrics(accept = ''): boolean {
  const wishes = accept.split(',').map(parse);
  const best = (suits: (wish: Wish) => boolean): number =>
    Math.max(0, ...wishes.filter(suits).map(({ quality }) => quality));
  const open = best(({ type, version }) => type === 'application/openmetrics-text' && VERSIONS.includes(version));
  const text = best(({ type, version }) => type === 'text/plain' && version !== '1.0.0');
  return open > 0 && open >= text;
}

function parse(range: string): Wish {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const parameter = (name: string): string | undefined =>
    parameters.find((text) => text.startsWith(`${name}=`))?.slice(name.length + 1);
  const quality = Number(parameter('q') ?? 1);
  return { type, version: parameter('version'), quality: Number.isNaN(quality) ? 0 : quality };
}

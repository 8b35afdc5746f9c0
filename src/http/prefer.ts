/**
 * Whether the header `Prefer` asks for an answer later (RFC 7240, section 4.1). Parameters and other preferences beside it
 * change nothing.
 */
export function prefersAsync(prefer: string | readonly string[] | undefined): boolean {
  if (prefer === undefined) return false;
  return [prefer]
    .flat()
    .join()
    .split(',')
    .some((preference) => /^\s*respond-async\s*(;|$)/i.test(preference));
}

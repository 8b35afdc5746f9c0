import type { Codec } from '#libs/contracts';

/** The codecs that a stage or a route names; undefined if it names none. */
export function codecsOf({ codec }: { readonly codec?: Codec | readonly Codec[] }): readonly Codec[] | undefined {
  return codec && ('decode' in codec ? [codec] : codec);
}

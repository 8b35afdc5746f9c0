import { builtInCodec } from '#libs/codec';

/** Loads the codecs of the package that routes ask of a stage besides its own, so that a missing package ends the start. */
export async function loadRouteCodecs(formats: readonly number[]): Promise<void> {
  for (const format of formats) await builtInCodec(format)?.load?.();
}

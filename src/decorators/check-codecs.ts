import { builtInHopCodec, MAX_NAME_BYTES } from '#libs/codec';
import type { Codec, HopCodec } from '#libs/contracts';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { hopCodecOf } from './hop-codec-of.js';
import type { StageOptions } from '../interfaces/stage-options.interface.js';

const MEDIA_TYPE = /^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+\s*(;.*)?$/;

/** @param owner e.g. `Stage "Classify"` */
export function checkCodecs(owner: string, options: StageOptions): void {
  const { codec } = options;
  if (codec !== undefined) checkCodecList(owner, codec);
  const ipc = hopCodecOf(options);
  if (ipc === undefined) return;
  checkShape(owner, 'ipc', ipc);
  const builtIn = builtInHopCodec(ipc.name);
  if (builtIn !== undefined && builtIn !== ipc) {
    throw new MosecConfigurationError(
      `${owner} has an ipc codec of its own named "${ipc.name}", as a codec of this package is: rename it.`,
    );
  }
}

/** @param owner e.g. `Stage "Classify"` */
export function checkCodecList(owner: string, given: Codec | readonly Codec[]): void {
  const codecs: readonly Codec[] = isList(given) ? given : [given];
  if (codecs.length === 0) {
    throw new MosecConfigurationError(`${owner} has an empty list of codecs: name at least one, or leave codec out.`);
  }
  for (const codec of codecs) {
    checkShape(owner, 'codec', codec);
    const types = [codec.mediaType, ...(codec.accepts ?? [])];
    const bad = types.find((type) => typeof type !== 'string' || !MEDIA_TYPE.test(type));
    if (bad !== undefined || codec.mediaType === undefined) {
      throw new MosecConfigurationError(
        `${owner} has codec "${codec.name}" with mediaType "${String(bad)}": give one such as 'application/json'.`,
      );
    }
    if (codec.mediaType.includes('*') && !codec.readOnly) {
      throw new MosecConfigurationError(
        `${owner} has codec "${codec.name}" for "${codec.mediaType}", which cannot be the type of an answer: ` +
          'name one type, or set readOnly.',
      );
    }
  }
  const names = codecs.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new MosecConfigurationError(`${owner} has two codecs named "${twice}": remove or rename one of them.`);
  }
}

function checkShape(owner: string, option: string, codec: Partial<HopCodec>): void {
  const { name, encode, decode } = codec;
  const isNamed = typeof name === 'string' && name !== '' && Buffer.byteLength(name) <= MAX_NAME_BYTES;
  if (isNamed && typeof encode === 'function' && typeof decode === 'function') return;
  throw new MosecConfigurationError(
    `${owner} has ${option} "${String(name)}", which is no codec: ` +
      `give an object with a name of at most ${MAX_NAME_BYTES} bytes, encode and decode.`,
  );
}

/** `Array.isArray` does not narrow a union with a readonly array. */
function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

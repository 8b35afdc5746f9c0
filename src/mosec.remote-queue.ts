import { createHash } from 'node:crypto';
import { packageVersion } from './config/package-version.js';
import { codecsOf } from './decorators/codecs-of.js';
import { hopCodecOf } from './decorators/hop-codec-of.js';
import type { StagePlan } from './mosec.launcher.js';

const DIGEST_LENGTH = 8;

/**
 * Name of the queue of a remote stage: that of the stage, and a digest of what gateway and host have to agree on. Formats
 * travel as places in the list of a stage's codecs, so that programs of different versions must not meet in a queue.
 */
export function remoteQueueName({ name, options, senders, routeFormats }: Omit<StagePlan, 'definition'>): string {
  const formats = {
    package: packageVersion(),
    codecs: codecsOf(options)?.map((codec) => codec.name),
    handOver: hopCodecOf(options)?.name,
    handedOver: senders.map(({ definition, codec }) => [definition.name, codec?.name]),
    routeFormats,
  };
  const digest = createHash('sha256').update(JSON.stringify(formats)).digest('hex');
  return `${name}-${digest.slice(0, DIGEST_LENGTH)}`;
}

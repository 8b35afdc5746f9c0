import { Stage, type ItemStage } from 'nestjs-mosec';
import type { Placement } from './infer.stage.js';

/** A stage without `env`: it has the variables of the server, and none of the stage before. */
@Stage()
export class CheckLeak implements ItemStage<Placement, Placement & { leaked: boolean }> {
  forward(placement: Placement): Placement & { leaked: boolean } {
    return { ...placement, leaked: process.env['CUDA_VISIBLE_DEVICES'] !== undefined };
  }
}

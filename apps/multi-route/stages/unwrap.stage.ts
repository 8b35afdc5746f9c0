import { Stage, type ItemStage } from 'nestjs-mosec';
import { Wrapped } from '../wrapped.dto.js';

@Stage({ input: Wrapped })
export class Unwrap implements ItemStage<Wrapped, string> {
  forward({ bin }: Wrapped): string {
    return Buffer.from(bin).toString();
  }
}

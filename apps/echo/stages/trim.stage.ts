import { Stage, ValidationError, type ItemStage } from 'nestjs-mosec';
import { EchoRequest } from '../echo.dto.js';

/** Refuses an empty text. */
@Stage({ input: EchoRequest })
export class Trim implements ItemStage<EchoRequest, string> {
  readonly example = { text: 'hello' };

  forward({ text }: EchoRequest): string {
    const trimmed = text.trim();
    if (!trimmed) throw new ValidationError('text must not be blank');
    return trimmed;
  }
}

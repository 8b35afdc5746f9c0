import { Stage, type ItemStage } from 'nestjs-mosec';
import { EchoResponse } from '../echo.dto.js';

@Stage({ output: EchoResponse })
export class Measure implements ItemStage<string, EchoResponse> {
  readonly example = 'HELLO';

  forward(text: string): EchoResponse {
    return { text, length: text.length };
  }
}

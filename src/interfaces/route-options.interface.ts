import type { ControllerOptions } from '@nestjs/common';

/** Options of `@Route`. @publicApi */
export interface RouteOptions {
  /**
   * Version of the route, as in `@Controller({ version })`; needs `app.enableVersioning()`.
   * @default none
   */
  readonly version?: ControllerOptions['version'];
  /**
   * Method decorators for the generated handler, e.g. `[Header('Cache-Control', 'no-store'), ApiOperation({ … })]`:
   * those that Nest refuses on a class.
   * @default []
   */
  readonly decorators?: readonly MethodDecorator[];
  /**
   * Limit of a request in milliseconds through all stages; past it the answer is 408.
   * @default the server's `--timeout`, 3000
   */
  readonly timeoutMs?: number;
  /**
   * Largest request body in bytes, before and after decompression; a larger one is answered 413.
   * @default the server's `--max-request-size`, 10485760
   */
  readonly maxRequestSizeBytes?: number;
}

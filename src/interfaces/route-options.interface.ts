import type { ControllerOptions } from '@nestjs/common';
import type { Codec } from '#libs/contracts';

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
   * Codec or codecs of bodies and answers on this route, instead of those of the first and last stage; several negotiate
   * by `Content-Type` and `Accept`. One that is not of this package must be named by these stages too, whose workers know
   * it from there. A stage's own `deserialize` and `serialize` stay in force.
   * @default the `codec` of the first stage for bodies, of the last stage for answers
   */
  readonly codec?: Codec | readonly Codec[];
  /**
   * Limit of a request in milliseconds through all stages, of a stream until its first event; past it the answer is 408.
   * @default the server's `--timeout`, 3000
   */
  readonly timeoutMs?: number;
  /**
   * Largest request body in bytes, before and after decompression; a larger one is answered 413.
   * @default the server's `--max-request-size`, 10485760
   */
  readonly maxRequestSizeBytes?: number;
  /**
   * `'always'`: every request of the route becomes an asynchronous job and is answered 202, whatever its `Prefer` says.
   * Needs `forRoot({ jobs })`; not for pipelines that stream.
   * @default none: those with `Prefer: respond-async`, where there are jobs
   */
  readonly async?: 'always';
  /**
   * Data of an event that ends every stream that did not fail, e.g. `[DONE]`.
   * @default none
   */
  readonly endEvent?: string;
  /**
   * Limit of a stream as a whole in milliseconds; 0: no limit.
   * @default the server's `streamTimeoutMs`, 0
   */
  readonly streamTimeoutMs?: number;
  /**
   * Limit of the time between two events in milliseconds; 0: no limit.
   * @default the server's `streamIdleTimeoutMs`, 60000
   */
  readonly streamIdleTimeoutMs?: number;
  /**
   * Silence in milliseconds after which a comment is sent; 0: none.
   * @default the server's `keepAliveMs`, 5000
   */
  readonly keepAliveMs?: number;
  /**
   * Time in milliseconds after which a client is dropped that does not read its stream; 0: never.
   * @default the server's `slowClientTimeoutMs`, 30000
   */
  readonly slowClientTimeoutMs?: number;
}

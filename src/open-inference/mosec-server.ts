import { Injectable, Optional } from '@nestjs/common';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { HttpEdge } from '../mosec.http-edge.js';
import { MosecRegistry } from '../mosec.registry.js';

/** What `MosecModule.forRoot()` brings, or the advice to import it. */
@Injectable()
export class MosecServer {
  readonly registry: MosecRegistry;
  readonly edge: HttpEdge;

  constructor(@Optional() registry?: MosecRegistry, @Optional() edge?: HttpEdge) {
    if (!registry || !edge) {
      throw new MosecConfigurationError(
        'OpenInferenceModule has no server to run in: import MosecModule.forRoot() once in the root module.',
      );
    }
    this.registry = registry;
    this.edge = edge;
  }
}

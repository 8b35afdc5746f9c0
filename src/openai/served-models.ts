import type { TypedPipelineClient } from '../decorators/typed-pipeline-client.js';
import type { Streamed } from '#libs/contracts';
import { invalid, OpenAiError } from './open-ai.error.js';

export type EmbeddingClient = TypedPipelineClient<unknown, unknown>;
export type ChatClient = TypedPipelineClient<unknown, unknown, Streamed>;

/** https://platform.openai.com/docs/api-reference/models/object */
export interface ModelObject {
  readonly id: string;
  readonly object: 'model';
  /** When this server started, in epoch seconds. */
  readonly created: number;
  readonly owned_by: string;
}

/** The models of one module by name, with the clients of their pipelines. */
export class ServedModels {
  private readonly created = Math.floor(Date.now() / 1000);

  constructor(
    private readonly embeddings: ReadonlyMap<string, EmbeddingClient>,
    private readonly chat: ReadonlyMap<string, ChatClient>,
  ) {}

  list(): ModelObject[] {
    return [...new Set([...this.embeddings.keys(), ...this.chat.keys()])].map((id) => this.model(id));
  }

  /** @throws OpenAiError 404 when there is none of this name */
  find(id: string): ModelObject {
    if (this.embeddings.has(id) || this.chat.has(id)) return this.model(id);
    throw unknown(id);
  }

  /** @throws OpenAiError when `model` names no model for embeddings */
  embedding(model: unknown): EmbeddingClient {
    return this.require(this.embeddings, model, 'embeddings');
  }

  /** @throws OpenAiError when `model` names no model for chat */
  chatting(model: unknown): ChatClient {
    return this.require(this.chat, model, 'chat completions');
  }

  private require<C>(clients: ReadonlyMap<string, C>, model: unknown, use: string): C {
    if (typeof model !== 'string') throw invalid('model', '"model" must be the name of a model.');
    const client = clients.get(model);
    if (client) return client;
    this.find(model);
    throw invalid('model', `The model "${model}" is not for ${use}.`);
  }

  private model(id: string): ModelObject {
    return { id, object: 'model', created: this.created, owned_by: 'nestjs-mosec' };
  }
}

function unknown(id: string): OpenAiError {
  return new OpenAiError(`The model "${id}" does not exist.`, 404, 'model_not_found', 'model');
}

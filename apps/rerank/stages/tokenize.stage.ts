import { msgpack, Stage, type ItemStage } from 'nestjs-mosec';
import { RerankRequest } from '../rerank.dto.js';
import type { EncodedPair } from './encoded-pair.js';
import { PairTokenizer } from './pair-tokenizer.js';

@Stage({ replicas: 2, codec: msgpack, input: RerankRequest, providers: [PairTokenizer] })
export class Tokenize implements ItemStage<RerankRequest, EncodedPair[]> {
  readonly example: RerankRequest = { query: 'a query', documents: ['a document'] };

  constructor(private readonly tokenizer: PairTokenizer) {}

  forward({ query, documents }: RerankRequest): EncodedPair[] {
    return documents.map((document) => this.tokenizer.encode(query, document));
  }
}

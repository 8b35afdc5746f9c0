import { describe, expect, it } from 'vitest';
import { meanItems, parseBatches } from './batch-fill.js';

const page = `# HELP mosec_service_batch_size items per batch
mosec_service_batch_size_sum{stage="FarEcho",connection="1"} 7
mosec_service_batch_size_count{stage="FarEcho",connection="1"} 7
mosec_service_batch_size_sum{stage="FarBatchEcho",connection="1"} 320
mosec_service_batch_size_count{stage="FarBatchEcho",connection="1"} 10
`;

describe('when batches are counted', () => {
  it('should read those of the stage', () => {
    expect(parseBatches(page, 'FarBatchEcho')).toEqual({ items: 320, batches: 10 });
  });

  it('should read none of a stage that has no batches', () => {
    expect(parseBatches(page, 'Echo')).toEqual({ items: 0, batches: 0 });
  });

  it('should tell the mean of those in between', () => {
    expect(meanItems({ items: 320, batches: 10 }, { items: 400, batches: 15 })).toBe(16);
  });
});

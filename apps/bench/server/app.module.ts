import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { pipelines } from './pipelines.js';

const { BENCH_SHARED_MEMORY, BENCH_REDIS, BENCH_REDIS_PREFIX } = process.env;

@Module({
  imports: [
    MosecModule.forRoot({
      // 256 bodies of 10 MB wait for seconds on a small machine: neither server should refuse them.
      timeoutMs: 60_000,
      maxPendingBytes: 8 * 1024 ** 3,
      ...(BENCH_SHARED_MEMORY === 'off' && { sharedMemory: false as const }),
      ...(BENCH_REDIS && { remote: { redis: BENCH_REDIS, prefix: BENCH_REDIS_PREFIX ?? 'bench' } }),
    }),
    MosecModule.forFeature([...pipelines.values()]),
  ],
})
export class AppModule {}

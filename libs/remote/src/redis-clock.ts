/** A sample keeps the clock for this long; after that a worse one is taken, as clocks drift. */
const SAMPLE_LIFE_MS = 60_000;

/**
 * Translates between the clock of this process and that of Redis, the one clock that gateways and hosts share: deadlines
 * travel in its milliseconds, so that clocks of machines that differ do no harm. Of the samples the one with the shortest
 * round trip is believed (as NTP does, RFC 5905 section 10); its error is at most half of that.
 */
export class RedisClock {
  private offsetMs = 0;
  private roundTripMs = Infinity;
  private sampledAt = -Infinity;

  /** @param redisMs what Redis said, asked at `sentAt` and heard at `receivedAt` of this process */
  sample(redisMs: number, sentAt: number, receivedAt: number): void {
    const roundTripMs = receivedAt - sentAt;
    if (roundTripMs > this.roundTripMs && receivedAt - this.sampledAt < SAMPLE_LIFE_MS) return;
    this.offsetMs = redisMs - (sentAt + receivedAt) / 2;
    this.roundTripMs = roundTripMs;
    this.sampledAt = receivedAt;
  }

  toRedis(ownMs: number): number {
    return ownMs + this.offsetMs;
  }

  toOwn(redisMs: number): number {
    return redisMs - this.offsetMs;
  }
}

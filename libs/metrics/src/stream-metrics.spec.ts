import { describe, expect, it } from 'vitest';
import { metricsOf as serverMetricsOf } from './server-metrics.fixture.js';

function metricsOf() {
  const metrics = serverMetricsOf({ namespace: 'm', timeoutMs: 4 });
  const samples = async (): Promise<string[]> =>
    (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith('m_stream'));
  return { metrics, samples };
}

describe('when pipelines stream', () => {
  it('should count what is open, the events, and the times', async () => {
    const { metrics, samples } = metricsOf();
    const chat = metrics.streams.of('Chat');
    chat.opened(3);
    chat.streamed(5);
    chat.streamed(2);
    expect(await samples()).toEqual(
      expect.arrayContaining([
        'm_stream_open{pipeline="Chat"} 1',
        'm_stream_events_total{pipeline="Chat"} 7',
        'm_stream_first_event_second_bucket{le="0.002",pipeline="Chat"} 0',
        'm_stream_first_event_second_bucket{le="0.004",pipeline="Chat"} 1',
      ]),
    );
    chat.closed('timeout', 2000);
    expect(await samples()).toEqual(
      expect.arrayContaining([
        'm_stream_open{pipeline="Chat"} 0',
        'm_stream_duration_second_bucket{le="1",pipeline="Chat",outcome="timeout"} 0',
        'm_stream_duration_second_bucket{le="2.5",pipeline="Chat",outcome="timeout"} 1',
        'm_stream_duration_second_sum{pipeline="Chat",outcome="timeout"} 2',
      ]),
    );
  });

  it('should tell pipelines apart', async () => {
    const { metrics, samples } = metricsOf();
    metrics.streams.of('A').streamed(1);
    metrics.streams.of('B').streamed(2);
    expect(await samples()).toEqual(
      expect.arrayContaining(['m_stream_events_total{pipeline="A"} 1', 'm_stream_events_total{pipeline="B"} 2']),
    );
  });
});

describe('when no pipeline streams', () => {
  it('should say nothing of streams', async () => {
    expect(await metricsOf().samples()).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { batchOf, linesOf, metricsOf } from './server-metrics.fixture.js';

const linesAbout = async (metrics: ReturnType<typeof metricsOf>, name: string): Promise<string[]> =>
  (await linesOf(metrics)).filter((line) => line.startsWith(`mosec_service_${name}`));

describe('when a stage sends batches', () => {
  it('should tell how large they were, how full, how long they were collected, and why they left', async () => {
    const metrics = metricsOf();
    const stage = metrics.stage('Classify', 16);
    stage.batchSent(
      batchOf(
        Array.from({ length: 12 }, () => 0),
        { heldMs: 8, reason: 'hold' },
      ),
    );
    stage.batchSent(batchOf(Array.from({ length: 16 }, () => 0)));
    expect(await linesOf(metrics)).toEqual(
      expect.arrayContaining([
        'mosec_service_batch_size_sum{stage="Classify",connection="1"} 28',
        'mosec_service_batch_duration_second_sum{stage="Classify",connection="1"} 0.008',
        'mosec_service_batch_fill_ratio_bucket{le="0.75",stage="Classify"} 1',
        'mosec_service_batch_fill_ratio_bucket{le="1",stage="Classify"} 2',
        'mosec_service_batch_released_total{stage="Classify",reason="hold"} 1',
        'mosec_service_batch_released_total{stage="Classify",reason="full"} 1',
        'mosec_service_batch_released_total{stage="Classify",reason="idle"} 0',
      ]),
    );
  });

  it('should tell how long each item has waited', async () => {
    const metrics = metricsOf();
    metrics.stage('Classify', 4).batchSent(batchOf([1, 250, 3]));
    expect(await linesAbout(metrics, 'queue_wait_seconds')).toEqual(
      expect.arrayContaining([
        'mosec_service_queue_wait_seconds_bucket{le="0.001",stage="Classify"} 1',
        'mosec_service_queue_wait_seconds_bucket{le="0.004",stage="Classify"} 2',
        'mosec_service_queue_wait_seconds_count{stage="Classify"} 3',
      ]),
    );
  });

  it('should say nothing of batches where a stage takes one item at a time, but how long it waited', async () => {
    const metrics = metricsOf();
    metrics.stage('Read', 1).batchSent(batchOf([5]));
    expect(await linesAbout(metrics, 'batch_')).toEqual([]);
    expect(await linesAbout(metrics, 'queue_wait_seconds_count')).toEqual([
      'mosec_service_queue_wait_seconds_count{stage="Read"} 1',
    ]);
  });
});

describe('when batches are done', () => {
  it('should add up what was foreseen, and what they took where nothing was', async () => {
    const metrics = metricsOf();
    const stage = metrics.stage('Read', 1);
    stage.batchDone(1, 500, 0, 1);
    stage.batchDone(1, 250, 1000, 1);
    expect(await linesAbout(metrics, 'predicted_duration')).toEqual([
      'mosec_service_predicted_duration_seconds_total{stage="Read"} 1.5',
    ]);
  });
});

describe('when requests are refused and items run again', () => {
  it('should count them by stage', async () => {
    const metrics = metricsOf();
    const stage = metrics.stage('Read', 1);
    stage.shed('QUEUE_FULL');
    stage.shed('QUEUE_FULL');
    stage.shed('DEADLINE_UNREACHABLE');
    stage.retried(3);
    expect(await linesAbout(metrics, 'shed')).toEqual([
      'mosec_service_shed_total{stage="Read",code="QUEUE_FULL"} 2',
      'mosec_service_shed_total{stage="Read",code="DEADLINE_UNREACHABLE"} 1',
    ]);
    expect(await linesAbout(metrics, 'retried')).toEqual(['mosec_service_retried_total{stage="Read"} 3']);
  });
});

describe('when stages are asked at a scrape', () => {
  it('should show queue, work and predictions, and the workers with those that are down', async () => {
    const places = [
      { workerId: 1, readyAt: 5000, restarts: 2, recycled: 1 },
      { workerId: 2, readyAt: undefined, restarts: 0, recycled: 0 },
    ];
    const state = {
      stage: 'Read',
      desiredReplicas: 2,
      readyReplicas: 1,
      waiting: 7,
      running: 4,
      predictedWaitMs: 1500,
      predictedBatchMs: 20,
      workers: places,
    };
    const lines = await linesOf(metricsOf({ stages: () => [state] }));
    expect(lines).toEqual(
      expect.arrayContaining([
        'mosec_service_desired_replicas{stage="Read"} 2',
        'mosec_service_ready_replicas{stage="Read"} 1',
        'mosec_service_queue_depth{stage="Read"} 7',
        'mosec_service_in_flight{stage="Read"} 4',
        'mosec_service_predicted_wait_seconds{stage="Read"} 1.5',
        'mosec_service_predicted_batch_seconds{stage="Read"} 0.02',
        'mosec_service_worker_up{stage="Read",worker="1"} 1',
        'mosec_service_worker_up{stage="Read",worker="2"} 0',
        'mosec_service_worker_start_time_seconds{stage="Read",worker="1"} 5',
        'mosec_service_worker_restarts_total{stage="Read",worker="1",cause="ended"} 2',
        'mosec_service_worker_restarts_total{stage="Read",worker="1",cause="recycled"} 1',
      ]),
    );
    expect(lines.filter((line) => line.includes('start_time_seconds{stage="Read",worker="2"}'))).toEqual([]);
  });
});

/** What things cost. Times of processors in microseconds, so named. */
export interface Parameters {
  /** Processor time of Redis. */
  readonly redis: {
    /** Reading a burst of commands of one connection and writing its replies, whatever its length. */
    readonly callUs: number;
    /** A job of `addBulk`. */
    readonly addUs: number;
    /** `moveToActive` that finds a job, and one that finds none. */
    readonly fetchUs: number;
    readonly emptyFetchUs: number;
    /** `BZPOPMIN` of an idle worker, with its wake-up. */
    readonly blockUs: number;
    /** `moveToFinished` that brings the next job, and one that finds none. */
    readonly finishUs: number;
    readonly lastFinishUs: number;
    /** More for a `moveToFinished` for each 1 000 active jobs of the queue: it searches the list of these. */
    readonly searchUsPerThousand: number;
    /** `SET … PX`, a value of `MGET`, `GETDEL`, a key of `UNLINK`, of a small value. */
    readonly setUs: number;
    readonly getUs: number;
    readonly getdelUs: number;
    readonly unlinkUs: number;
    /** More for each KiB of a value that comes in or goes out. */
    readonly kibUs: number;
    readonly publishUs: number;
    /** More for each process that listens. */
    readonly listenerUs: number;
    /** Renewing the lock of an active job, and looking whether it is stalled. */
    readonly renewUs: number;
    readonly stalledCheckUs: number;
  };
  /** Processor time of the process of a gateway. */
  readonly gateway: {
    readonly turnUs: number;
    /** A request read, checked, answered. */
    readonly requestUs: number;
    /** An item stored and added. */
    readonly sendUs: number;
    /** A bell heard. */
    readonly bellUs: number;
    /** A result fetched. */
    readonly resultUs: number;
    /** A heartbeat heard. */
    readonly heartbeatUs: number;
  };
  /** Processor time of the process of a worker host, without its replicas. */
  readonly host: {
    readonly turnUs: number;
    /** A job taken, its payload fetched and handed to a replica. */
    readonly takeUs: number;
    /** A result stored and its job completed. */
    readonly finishUs: number;
  };
  /** From the process of a host to a replica and back, beside the model, in milliseconds for a batch. */
  readonly handOverMs: number;
  /** Of the network card of a Redis, in each direction. */
  readonly gigabitsPerSecond: number;
}

/**
 * As `npm run simulate -- --measure` and `--compare` found them: two cores of an x86-64 virtual machine, Linux 6, Node 20.20,
 * Redis 7.0.15 over loopback, BullMQ 6.7.0, ioredis 6.0.0. `gigabitsPerSecond` is an assumption.
 */
export const PARAMETERS: Parameters = {
  redis: {
    callUs: 8.3,
    addUs: 15.8,
    fetchUs: 18.4,
    emptyFetchUs: 12,
    blockUs: 5.7,
    finishUs: 36.9,
    lastFinishUs: 26.3,
    searchUsPerThousand: 9,
    setUs: 1.2,
    getUs: 0.3,
    getdelUs: 0.6,
    unlinkUs: 0.3,
    kibUs: 0.2,
    publishUs: 0.3,
    listenerUs: 2,
    renewUs: 2,
    stalledCheckUs: 0.9,
  },
  gateway: { turnUs: 60, requestUs: 50, sendUs: 30, bellUs: 5, resultUs: 10, heartbeatUs: 15 },
  host: { turnUs: 80, takeUs: 42, finishUs: 28 },
  handOverMs: 0.15,
  gigabitsPerSecond: 10,
};

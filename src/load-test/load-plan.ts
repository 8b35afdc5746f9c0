/** A request body and what it is. */
export interface RequestBody {
  /** File and line, or what the command line gave. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
}

/** A part of the run with one load. */
export interface LoadStep {
  readonly durationMs: number;
  /** Requests per second in an open loop, connections in a closed one. */
  readonly level: number;
}

/** Gaps between the requests of an open loop. */
export type Arrivals = 'poisson' | 'constant';

export interface RequestPlan {
  readonly url: URL;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Used in turn; none is no body. */
  readonly bodies: readonly RequestBody[];
  /** A request without an answer by then is given up, counted from its intended start. */
  readonly timeoutMs: number;
}

/** Everything that a run is made of. */
export interface LoadPlan {
  readonly request: RequestPlan;
  /** `open`: requests come at a rate, whatever the server does. `closed`: each connection sends after its last answer. */
  readonly loop: 'open' | 'closed';
  readonly arrivals: Arrivals;
  /** Connections at a time, at most. */
  readonly connections: number;
  readonly warmUpMs: number;
  readonly steps: readonly LoadStep[];
  /** Latency that an answer has to keep. */
  readonly sloMs: number | undefined;
  /** Part of the requests that have to be answered within the SLO, 0 to 1. */
  readonly required: number | undefined;
  /** Where the server shows its metrics. */
  readonly metricsUrl: URL | undefined;
}

export const measuredMs = ({ steps }: Pick<LoadPlan, 'steps'>): number =>
  steps.reduce((sum, { durationMs }) => sum + durationMs, 0);

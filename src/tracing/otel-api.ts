import { createRequire } from 'node:module';
import type * as Api from '@opentelemetry/api';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';

/** The package `@opentelemetry/api`, which hands everything on to the SDK that the application has started. */
export type OtelApi = typeof Api;

const PACKAGE = '@opentelemetry/api';
/** Name of the instrumentation scope. */
const SCOPE = 'nestjs-mosec';

/** @throws MosecConfigurationError that says what to install */
export function loadApi(): OtelApi {
  try {
    return createRequire(import.meta.url)(PACKAGE) as OtelApi;
  } catch (cause) {
    throw new MosecConfigurationError(
      `Option "tracing" needs the package "${PACKAGE}", which cannot be loaded: run npm install ${PACKAGE}.`,
      { cause },
    );
  }
}

export function tracerOf(api: OtelApi): ReturnType<OtelApi['trace']['getTracer']> {
  return api.trace.getTracer(SCOPE);
}

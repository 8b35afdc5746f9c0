/** Loaded before a program: "@opentelemetry/api" is not installed, except for prom-client, which brings it along. */
const Module = require('node:module');

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  if (request === '@opentelemetry/api' && !parent?.filename?.includes('prom-client'))
    throw Object.assign(new Error("Cannot find module '@opentelemetry/api'"), { code: 'MODULE_NOT_FOUND' });
  return resolve.call(this, request, parent, ...rest);
};

# syntax=docker/dockerfile:1

# The programs of apps/; the demo (apps/ocr) unless another command is given. A service of your own looks the same with its
# own entry file: npx nestjs-mosec new.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY libs libs
COPY apps apps
COPY status-page status-page
RUN npm run build
COPY deploy/docker/runtime-manifest.mjs deploy/docker/
# onnxruntime-node brings binaries of all systems.
RUN --mount=type=cache,target=/root/.npm node deploy/docker/runtime-manifest.mjs \
  && npm prune --omit=dev --no-audit --no-fund \
  && rm -rf node_modules/onnxruntime-node/bin/napi-v6/darwin node_modules/onnxruntime-node/bin/napi-v6/win32

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
# Owned by root: the server cannot change what it runs.
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/apps apps
COPY --from=build /app/status-page status-page
# "node" of the base image, as a number: Kubernetes cannot tell from a name that it is not root.
USER 1000:1000
EXPOSE 8000
# The server writes no files: a read-only root is enough, with a tmpfs at /tmp for libraries. /dev/shm is not used either: payloads
# share an anonymous file, which counts as memory of the container, so --shm-size need not be raised.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.MOSEC_PORT || 8000) + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1: the server handles SIGTERM and ends its workers. Give it longer than --drain-timeout (30 s).
CMD ["node", "dist/apps/ocr/main.js"]

# The demo (apps/ocr). A service of your own looks the same with its own entry file.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci && rm -rf node_modules/onnxruntime-node/bin/napi-v6/darwin node_modules/onnxruntime-node/bin/napi-v6/win32
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY libs libs
COPY apps apps
RUN npm run build

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/apps apps
USER node
EXPOSE 8000
# The server handles SIGTERM itself, also as process 1.
CMD ["node", "dist/apps/ocr/main.js"]

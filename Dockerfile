# syntax=docker/dockerfile:1

# The programs of the stack, in one image: API, worker, keeper, and the command line. No embedded engine is in it.
#
#     docker compose build
#
# Stages: what npm needs to know, what it installs, the web page, the compiled workspaces, and the image itself.

FROM node:24-bookworm-slim AS base
ENV TZ=UTC NPM_CONFIG_AUDIT=false NPM_CONFIG_FUND=false NPM_CONFIG_UPDATE_NOTIFIER=false
WORKDIR /app

# The package.json of every workspace and the lock file, alone: as long as none of them changes, the next stage is cached.
FROM base AS manifests
COPY . /checkout/
RUN cd /checkout && find . \( -name package.json -o -name package-lock.json \) -exec cp --parents {} /app \;

FROM base AS packages
COPY --from=manifests /app/ ./
# Only what the four programs need: neither apps/embedded nor the tools of those who develop. No package needs its install
# script: the binaries are in the packages, and check.mjs loads each of them.
RUN --mount=type=cache,target=/root/.npm \
    npm ci --ignore-scripts --omit=dev \
    --workspace=apps/api --workspace=apps/worker --workspace=apps/keeper --workspace=apps/cli

# The web page is files for browsers: nothing of what makes it comes along.
FROM base AS page
COPY --from=manifests /app/ ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --workspace=apps/dashboard
COPY tsconfig.json ./
COPY libs/client/ libs/client/
COPY tools/take-place.mjs tools/
COPY apps/dashboard/ apps/dashboard/
RUN node apps/dashboard/build.mjs

FROM packages AS built
COPY .swcrc ./
COPY tools/build.mjs tools/
COPY tools/image/ tools/image/
COPY libs/ libs/
COPY apps/api/ apps/api/
COPY apps/worker/ apps/worker/
COPY apps/keeper/ apps/keeper/
COPY apps/cli/ apps/cli/
# Workflow code runs in a sandbox, from one file that is made here once rather than at each start of each worker.
RUN node tools/build.mjs \
    && node apps/worker/bin/bundle-workflows.js \
    && node tools/image/prune.mjs
COPY clickhouse/migrations/ clickhouse/migrations/
COPY postgres/migrations/ postgres/migrations/
COPY kafka-connect/connectors/ kafka-connect/connectors/
COPY pipelines/ pipelines/

FROM base
LABEL org.opencontainers.image.title="weir" \
      org.opencontainers.image.description="Streaming ETL with an authenticated data API: API, worker, keeper, command line" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production WEIR_MODE=stack WEIR_HOME=/var/lib/weir
# The volume takes the owner of this folder when it is made.
RUN install -d -o node -g node -m 0750 /var/lib/weir && ln -s /app/apps/cli/bin/weir.js /usr/local/bin/weir
COPY package.json LICENSE ./
COPY --from=built /app/node_modules/ node_modules/
COPY --from=built /app/libs/ libs/
COPY --from=built /app/apps/ apps/
COPY --from=built /app/clickhouse/ clickhouse/
COPY --from=built /app/postgres/ postgres/
COPY --from=built /app/kafka-connect/ kafka-connect/
COPY --from=built /app/pipelines/ pipelines/
COPY --from=page /app/apps/dashboard/dist/ apps/dashboard/dist/
USER node
RUN --mount=type=bind,source=tools/image/check.mjs,target=/app/check.mjs node check.mjs
CMD ["weir", "--help"]

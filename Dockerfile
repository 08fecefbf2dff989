# The whole of Quartet: server, worker and command line. `docker build -t quartet .`, then compose.yaml or deploy/kubernetes.yaml.
FROM node:24-bookworm AS build

# Instruction set of the native parts: an image travels, so not the building machine's. For ARM: -O3 -march=armv8-a.
ARG QUARTET_CXXFLAGS="-O3 -march=x86-64-v2"
ENV QUARTET_CXXFLAGS=${QUARTET_CXXFLAGS} QUARTET_CACHE=/opt/cache

RUN apt-get update \
  && apt-get install -y --no-install-recommends python3 python3-pip build-essential \
  && rm -rf /var/lib/apt/lists/*

WORKDIR /opt/quartet
COPY package.json package-lock.json .npmrc schema.graphql ./
COPY prisma prisma
COPY scripts scripts
COPY src src
RUN node scripts/setup.mjs

FROM node:24-bookworm-slim

COPY --from=build --chown=node:node /opt /opt
RUN mkdir /data && chown node:node /data

# The set-up is keyed by these: with others it would begin anew.
ARG QUARTET_CXXFLAGS="-O3 -march=x86-64-v2"
ENV QUARTET_CXXFLAGS=${QUARTET_CXXFLAGS} QUARTET_CACHE=/opt/cache \
    QUARTET_DATA=/data QUARTET_HOST=0.0.0.0 QUARTET_PORT=4000 QUARTET_LOG_FORMAT=json NODE_ENV=production

USER node
WORKDIR /opt/quartet
VOLUME /data
EXPOSE 4000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4000/livez').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node_modules/.bin/node", "src/cli.ts"]
CMD ["serve"]

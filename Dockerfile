# Crieur in a container. Built by `docker compose build`, or `docker build -t crieur .`
FROM node:24-bookworm-slim

ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    DATA_DIR=/data

WORKDIR /crieur

# The packages first: they change less often than the code.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
 && npm cache clean --force \
 && mkdir /data \
 && chown node:node /data node_modules

COPY LICENSE ./
COPY templates ./templates
COPY jobs ./jobs
COPY src ./src

# Never as root: Postgres, where it is the embedded one, would refuse, and nothing here needs it.
USER node
VOLUME /data
EXPOSE 8080

HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8080}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

# The image's own Node is 24 already, and everything is installed: no set-up, signals reach it directly.
ENTRYPOINT ["node", "--max-semi-space-size=1", "src/main.ts"]
CMD ["start"]

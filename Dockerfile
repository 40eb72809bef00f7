# The classroom with the site in it: `docker build -t podlab .`. `node tools/image.mjs` goes the same steps without Docker.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY sandbox/package.json sandbox/
COPY classroom/package.json classroom/
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4322 DATA=/data
WORKDIR /app
COPY package.json package-lock.json ./
COPY sandbox/package.json sandbox/
COPY classroom/package.json classroom/
RUN npm ci --omit=dev --ignore-scripts -w sandbox -w classroom
COPY --from=build /app/dist dist
COPY --from=build /app/sandbox sandbox
COPY --from=build /app/classroom classroom
COPY --from=build /app/course course
COPY --from=build /app/lessons lessons
COPY --from=build /app/site/serve.mjs /app/site/headers.mjs site/
COPY --from=build /app/site/src/words site/src/words
COPY --from=build /app/site/src/styles/tokens.css site/src/styles/
RUN mkdir -p /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4322
HEALTHCHECK --interval=5s --start-period=60s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/classroom/healthz`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "classroom/main.ts"]

# Tandem, web and worker in one image. Built and tried without Docker by `npm run smoke`, which follows these very steps.
#   docker build -t tandem .
#   docker run --env-file .env -p 3000:3000 tandem                  web, with the worker inline
#   docker run --env-file .env tandem node --max-semi-space-size=16 build/server/tandem.js --worker

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build
RUN npm prune --omit=dev --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./package.json
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/build ./build
COPY --from=build /app/prisma/migrations ./prisma/migrations
# The embedded database lives here where DATABASE_URL is not set: mount a volume, or it goes with the container.
RUN mkdir .data && chown node:node .data
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "-e", "fetch(`http://localhost:${process.env.PORT || 3000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=16", "build/server/tandem.js"]

# Two images from one build: --target minitowerd and --target minitower-runner.

FROM node:20-bookworm-slim AS node

FROM maven:3.9-eclipse-temurin-17 AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 --mount=type=cache,target=/root/.npm \
    mvn -B -ntp -DskipTests -Dmaven.test.skip=true -pl minitowerd,minitower-runner -am package


FROM eclipse-temurin:17-jre AS minitowerd
RUN groupadd --system --gid 10001 minitower \
    && useradd --system --uid 10001 --gid minitower --home-dir /var/lib/minitower --shell /usr/sbin/nologin minitower \
    && install -d -o minitower -g minitower -m 700 /var/lib/minitower
COPY --from=build /src/minitowerd/target/minitowerd.jar /opt/minitowerd/minitowerd.jar
COPY scripts/minitower-launcher /opt/minitowerd/minitowerd
# By the Java and from the place that it will be started by and from, or it would not be taken.
RUN /opt/minitowerd/minitowerd --prepare
COPY scripts/lib/is-ready.sh /usr/local/bin/is-ready
ENV MINITOWER_LISTEN_ADDR=:8080 \
    MINITOWER_DATA_DIR=/var/lib/minitower
USER 10001:10001
WORKDIR /var/lib/minitower
VOLUME /var/lib/minitower
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["is-ready", "127.0.0.1", "8080"]
ENTRYPOINT ["/opt/minitowerd/minitowerd"]


FROM eclipse-temurin:17-jre AS jre

# Python as the base: what programs need is looked for here. Start it with an init process (docker run --init), which
# takes in the processes that programs leave behind.
FROM python:3.11-slim-bookworm AS minitower-runner
RUN groupadd --system --gid 10002 minitower-runner \
    && useradd --system --uid 10002 --gid minitower-runner --home-dir /var/lib/minitower-runner --shell /usr/sbin/nologin minitower-runner \
    && install -d -o minitower-runner -g minitower-runner -m 700 /var/lib/minitower-runner
COPY --from=jre /opt/java/openjdk /opt/java/openjdk
COPY --from=build /src/minitower-runner/target/minitower-runner.jar /opt/minitower-runner/minitower-runner.jar
COPY scripts/minitower-launcher /opt/minitower-runner/minitower-runner
ENV JAVA_HOME=/opt/java/openjdk \
    LC_ALL=C.UTF-8 \
    MINITOWER_DATA_DIR=/var/lib/minitower-runner
RUN /opt/minitower-runner/minitower-runner --prepare
USER 10002:10002
WORKDIR /var/lib/minitower-runner
VOLUME /var/lib/minitower-runner
# It listens nowhere; the container ends with it, and the server knows which runners are alive.
HEALTHCHECK NONE
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/minitower-runner/minitower-runner"]

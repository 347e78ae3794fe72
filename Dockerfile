# syntax=docker/dockerfile:1
# docker build -t opd --build-arg SOURCE_VERSION="$(scripts/source-version)" .
# docker run --rm opd simulate --day
# docker run --rm -it -v opd-data:/var/lib/opd opd console
ARG BUILD_BASE=maven:3-eclipse-temurin-25
ARG RUNTIME_BASE=debian:stable-slim

FROM ${BUILD_BASE} AS build
ARG SOURCE_VERSION=
WORKDIR /build
COPY . .
# The release brings its own Java, so that the image needs none.
RUN OPD_SOURCE_VERSION=${SOURCE_VERSION} mvn --batch-mode --no-transfer-progress -DskipTests -Prelease,runtime package \
 && mkdir /opt/opd \
 && tar xzf target/opd-*.tar.gz -C /opt/opd --strip-components 1

FROM ${RUNTIME_BASE}
# Nothing here needs root; the managed PostgreSQL's data belongs to this user.
RUN useradd --system --uid 10001 --home-dir /var/lib/opd --create-home --shell /usr/sbin/nologin opd \
 && ln -s /opt/opd/bin/opd /usr/local/bin/opd
COPY --from=build /opt/opd /opt/opd
COPY scripts/container-entry /usr/local/bin/container-entry
USER opd
ENV OPD_HOME=/var/lib/opd LANG=C.UTF-8
VOLUME /var/lib/opd
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s CMD ["opd", "db", "status"]
ENTRYPOINT ["container-entry"]
CMD ["--help"]

# syntax=docker/dockerfile:1
# docker build -t opd .
# docker run --rm opd simulate --day
# docker run --rm -v opd-data:/var/lib/opd opd queue
ARG BUILD_BASE=maven:3-eclipse-temurin-25
ARG RUNTIME_BASE=eclipse-temurin:25-jre

FROM ${BUILD_BASE} AS build
WORKDIR /build
COPY pom.xml ./
COPY db db
COPY src src
COPY scripts scripts
RUN mvn --batch-mode --no-transfer-progress -DskipTests package

FROM ${RUNTIME_BASE}
# Nothing here needs root; the managed PostgreSQL's data belongs to this user.
RUN useradd --system --uid 10001 --home-dir /var/lib/opd --create-home --shell /usr/sbin/nologin opd
COPY --from=build /build/target/opd.jar /opt/opd/target/opd.jar
COPY --from=build /build/target/lib /opt/opd/target/lib
COPY scripts/opd /opt/opd/scripts/opd
RUN ln -s /opt/opd/scripts/opd /usr/local/bin/opd
USER opd
ENV OPD_HOME=/var/lib/opd LANG=C.UTF-8
VOLUME /var/lib/opd
ENTRYPOINT ["opd"]
CMD ["--help"]

# syntax=docker/dockerfile:1
# The images of both services: docker build --target wager-api (or wager-consumer) .
#
# The last step of each image starts the service once, without broker and database, and keeps what the JVM has learnt from it
# for every later start: docs/operations.md.
#
# Both stages can be based on other images: BUILD_IMAGE needs a JDK of 21 or newer and Maven, RUNTIME_IMAGE a JRE of 21 or
# newer, a shell and wget (for the health checks). Renovate adds and raises their digests: .github/renovate.json5.
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-25
ARG RUNTIME_IMAGE=eclipse-temurin:25-jre-alpine

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -ntp -q -Dmaven.test.skip=true -pl wager-api,wager-consumer -am package \
    && for service in wager-api wager-consumer; do \
        cp ${service}/target/*-exec.jar /tmp/${service}.jar \
        && java -Djarmode=tools -jar /tmp/${service}.jar extract --layers --destination /layers/${service} \
        || exit 1; \
    done

FROM ${RUNTIME_IMAGE} AS runtime
WORKDIR /app
COPY deploy/train /usr/local/bin/train
# The heap follows the container's memory; a service out of memory ends, and is started again. The serial collector suits a heap of
# some hundred megabytes: docs/performance.md. For one of gigabytes take another.
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=70 -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError"

FROM runtime AS wager-api
COPY --from=build /layers/wager-api/dependencies/ ./
COPY --from=build /layers/wager-api/spring-boot-loader/ ./
COPY --from=build /layers/wager-api/snapshot-dependencies/ ./
COPY --from=build /layers/wager-api/application/ ./
# In the image itself: an archive fits no other JVM, path or time of a file. With access control, which needs a provider's name and
# asks it nothing.
RUN train /app/start java -Dspring.context.exit=onRefresh -jar wager-api.jar --spring.datasource.url=jdbc:h2:mem:training \
    --wager.security.jwt.issuer=https://training.invalid --wager.security.jwt.audience=training \
    --wager.security.jwt.jwks-uri=https://training.invalid/jwks
# Any user will do: nothing is written outside /tmp.
USER 10001:10001
EXPOSE 8080 9080
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 \
    CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/readyz"]
ENTRYPOINT ["java", "@start.options", "-jar", "wager-api.jar"]

FROM runtime AS wager-consumer
COPY --from=build /layers/wager-consumer/dependencies/ ./
COPY --from=build /layers/wager-consumer/spring-boot-loader/ ./
COPY --from=build /layers/wager-consumer/snapshot-dependencies/ ./
COPY --from=build /layers/wager-consumer/application/ ./
# In the image itself: an archive fits no other JVM, path or time of a file.
RUN train /app/start java -Dspring.context.exit=onRefresh -jar wager-consumer.jar --spring.datasource.url=jdbc:h2:mem:training
# Any user will do: nothing is written outside /tmp.
USER 10001:10001
EXPOSE 8081 9081
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 \
    CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8081/readyz"]
ENTRYPOINT ["java", "@start.options", "-jar", "wager-consumer.jar"]

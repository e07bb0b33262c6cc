# The services and the tools, from one build. The argument SERVICE chooses the service:
#   docker build --build-arg SERVICE=order-service .
#   docker build --target tools .

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src

# Dependencies change only with a pom.xml, and so have a layer of their own.
ENV MAVEN_ARGS="-B -q -Dstyle.color=never -Dspotless.check.skip=true -DskipTests"
ENV SERVICES=order-service,inventory-service,shipping-service,email-service,analytics-service,operator-console
COPY pom.xml ./
COPY messaging-bom/pom.xml messaging-bom/
COPY local-servers/pom.xml local-servers/
COPY messaging-common/pom.xml messaging-common/
COPY messaging-jdbc/pom.xml messaging-jdbc/
COPY messaging-testkit/pom.xml messaging-testkit/
COPY event-contracts/pom.xml event-contracts/
COPY service-starter/pom.xml service-starter/
COPY order-service/pom.xml order-service/
COPY inventory-service/pom.xml inventory-service/
COPY shipping-service/pom.xml shipping-service/
COPY email-service/pom.xml email-service/
COPY analytics-service/pom.xml analytics-service/
COPY operator-console/pom.xml operator-console/
COPY local-stack/pom.xml local-stack/
COPY examples/minimal/pom.xml examples/minimal/
COPY system-tests/pom.xml system-tests/
COPY benchmarks/pom.xml benchmarks/
RUN mvn -pl "$SERVICES,local-stack" -am test-compile

COPY local-servers/src/main local-servers/src/main
COPY messaging-common/src/main messaging-common/src/main
COPY messaging-jdbc/src/main messaging-jdbc/src/main
COPY messaging-testkit/src/main messaging-testkit/src/main
COPY event-contracts/src/main event-contracts/src/main
COPY docs/api docs/api
COPY service-starter/src/main service-starter/src/main
COPY order-service/src/main order-service/src/main
COPY inventory-service/src/main inventory-service/src/main
COPY shipping-service/src/main shipping-service/src/main
COPY email-service/src/main email-service/src/main
COPY analytics-service/src/main analytics-service/src/main
COPY operator-console/src/main operator-console/src/main
COPY local-stack/src/main local-stack/src/main
RUN mkdir -p /tokens/public && mvn -pl "$SERVICES,local-stack" -am package \
 && for service in $(echo "$SERVICES" | tr ',' ' '); do \
      mkdir -p "/built/$service" \
   && cp "$service/target/$service"-*.jar "/built/$service/service.jar" \
   && java -Djarmode=tools -jar "/built/$service/service.jar" extract --layers --destination "/built/$service/layers" \
   && mkdir -p "/built/$service/layers/snapshot-dependencies" || exit 1; \
    done

FROM eclipse-temurin:25-jre AS runtime
RUN groupadd --system --gid 10001 orderflow && useradd --system --uid 10001 --gid orderflow --no-create-home orderflow
WORKDIR /service
# by number: Kubernetes checks runAsNonRoot by it
USER 10001:10001

FROM runtime AS tools
# volumes begin with the owner of this folder
COPY --from=build --chown=10001:10001 /tokens/ .orderflow/tokens/
COPY --from=build /src/local-stack/target/lib/ lib/
COPY --from=build /src/local-stack/target/classes/ classes/
ENTRYPOINT ["java", "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", "classes:lib/*", "io.orderflow.localstack.Tools"]

FROM runtime AS service
ARG SERVICE
COPY --from=build /built/${SERVICE}/layers/dependencies/ ./
COPY --from=build /built/${SERVICE}/layers/snapshot-dependencies/ ./
COPY --from=build /built/${SERVICE}/layers/application/ ./

# In containers all services can have the same ports. Who reaches them is the decision of the network.
ENV SERVER_PORT=8080 MANAGEMENT_SERVER_PORT=9090 SERVER_ADDRESS=0.0.0.0
EXPOSE 8080 9090
# Liveness, not the aggregate: a restart helps when this process fails, not when another server is unavailable.
# At its start a service waits up to ten minutes for its database.
HEALTHCHECK --interval=3s --timeout=5s --start-period=600s --retries=10 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/localhost/$MANAGEMENT_SERVER_PORT && printf 'GET /actuator/health/liveness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError", "-jar", "service.jar"]

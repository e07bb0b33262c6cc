package io.orderflow.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.localstack.Broker;
import io.orderflow.localstack.Conservation;
import io.orderflow.localstack.LocalStack;
import io.orderflow.localstack.PortPlan;
import io.orderflow.localstack.Prometheus;
import io.orderflow.localstack.Service;
import io.orderflow.localstack.Shop;
import io.orderflow.localstack.StackOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stack with Prometheus: each panel of the dashboard has data, and real faults fire alerts. The rules are the real ones, but that an
 * alert fires after seconds. For {@code ./orderflow test --all}.
 */
@Tag("jars")
@EnabledIfSystemProperty(named = "orderflow.fail-points", matches = "all")
class AlertsTest {

    private static final Path TELEMETRY = Path.of("..", "docker", "telemetry");
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final RestClient http = RestClient.create();

    @Test
    void panels_have_data_and_faults_fire_alerts(@TempDir Path folder) throws IOException {
        assumeThat(Prometheus.isInstalled())
                .as("Prometheus is installed (Debian: apt-get install prometheus)")
                .isTrue();
        Path alerts = Files.writeString(
                folder.resolve("alerts.yml"),
                Files.readString(TELEMETRY.resolve("alerts.yml")).replaceAll("for: \\d+m", "for: 5s"));
        StackOptions options = new StackOptions(Broker.REDIS, Path.of(".."), folder, false, PortPlan.free(), Map.of());
        try (LocalStack stack = LocalStack.start(options);
                Prometheus prometheus = Prometheus.start(stack, PortPlan.free(), folder, alerts)) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(numbers(prometheus, "up == 1")).hasSameSizeAs(Service.values()));
            Shop shop = Shop.of(stack);
            String id = shop.place("grace", "express", "MUG-RABBIT", 1);
            assertThat(shop.awaitMail(id, "on its way", PATIENCE)).isTrue();
            compare(stack);
            compare(stack);
            for (String query : queries()) {
                await().atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(numbers(prometheus, query)).as(query).isNotEmpty());
            }
            assertThat(firing(prometheus)).doesNotContain("ServiceDown", "ConservationViolated", "OutboxStalled");

            stack.management(Service.EMAIL).post("/subscriptions/orders/email/pause");
            awaitAlert(prometheus, "SubscriptionPaused");
            stack.management(Service.EMAIL).post("/subscriptions/orders/email/resume");

            stack.broker().crash();
            shop.place("grace", "standard", "MUG-RABBIT", 1);
            awaitAlert(prometheus, "OutboxStalled");
            stack.broker().restart();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(firing(prometheus)).doesNotContain("OutboxStalled", "SubscriptionPaused"));

            stack.service(Service.ANALYTICS).kill();
            awaitAlert(prometheus, "ServiceDown");
        }
    }

    private static void compare(LocalStack stack) {
        assertThat(Conservation.check(
                        Stream.of(Service.values()).map(stack::management).toList(), 0))
                .allSatisfy(each -> assertThat(each.get("missing").asLong()).isZero());
    }

    private void awaitAlert(Prometheus prometheus, String alert) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(firing(prometheus)).contains(alert));
    }

    private static List<String> queries() throws IOException {
        JsonNode dashboard = JsonMapper.shared()
                .readTree(Files.readString(TELEMETRY.resolve("dashboards").resolve("orderflow.json")));
        return dashboard.findValuesAsString("expr");
    }

    /** The names of the alerts that fire. */
    private List<String> firing(Prometheus prometheus) {
        List<String> names = new ArrayList<>();
        get(prometheus, "/api/v1/alerts").at("/data/alerts").forEach(each -> {
            if (each.get("state").asString().equals("firing")) {
                names.add(each.at("/labels/alertname").asString());
            }
        });
        return names;
    }

    /** The values of a query at this moment that are numbers. */
    private List<Double> numbers(Prometheus prometheus, String query) {
        List<Double> values = new ArrayList<>();
        get(prometheus, "/api/v1/query?query={query}", query).at("/data/result").forEach(each -> {
            double value = Double.parseDouble(each.at("/value/1").asString().replace("+Inf", "Infinity"));
            if (Double.isFinite(value)) {
                values.add(value);
            }
        });
        return values;
    }

    private JsonNode get(Prometheus prometheus, String path, Object... variables) {
        URI address = prometheus.address();
        try {
            return http.get().uri(address + path, variables).retrieve().requiredBody(JsonNode.class);
        } catch (RestClientException e) {
            return JsonMapper.shared().createObjectNode(); // it starts
        }
    }
}

package io.orderflow.service.security;

import static io.orderflow.service.security.RunningApplication.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.service.security.RunningApplication.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

@ExtendWith(OutputCaptureExtension.class)
class OperatorSecurityTest {

    private static final String PASSWORD = "orderflow.operator.password=a good password";

    @ParameterizedTest
    @ValueSource(strings = {"management.server.port=0", "management.info.env.enabled=false"})
    void all_but_health_and_info_requires_an_operator(String port) {
        String sbom = "management.endpoint.sbom.application.location=classpath:a-service.yml";
        try (RunningApplication service = new RunningApplication(port, PASSWORD, sbom)) {
            assertThat(service.get("/actuator/health", null).body())
                    .contains("UP")
                    .doesNotContain("components");
            assertThat(service.get("/actuator/info", null).status()).isEqualTo(200);
            for (String path : List.of(
                    "/actuator",
                    "/actuator/prometheus",
                    "/actuator/sbom/application",
                    "/dead-letters",
                    "/dead-letters/1",
                    "/dead-letters/redrives",
                    "/outbox/parked",
                    "/outbox/scheduled",
                    "/replays",
                    "/audit",
                    "/groups",
                    "/subscriptions")) {
                Response response = service.get(path, null);
                assertThat(response.status()).as(path).isEqualTo(401);
                assertThat(response.headers().get("content-type")).containsExactly("application/problem+json");
                assertThat(response.headers().get("www-authenticate").get(0)).startsWith("Basic");
                assertThat(response.json().get("type").asString()).isEqualTo("/docs/problems.html#unauthorized");
                assertThat(service.get(path, "operator:wrong").status())
                        .as(path)
                        .isEqualTo(401);
            }
            assertThat(service.post("/dead-letters/1/redrive", null, null).status())
                    .isEqualTo(401);

            assertThat(service.get("/actuator/health", OPERATOR).body()).contains("\"broker\":\"memory\"");
            assertThat(service.get("/actuator/prometheus", OPERATOR).body())
                    .contains("messaging_dead_letters_unresolved");
            assertThat(service.get("/actuator/sbom/application", OPERATOR).status())
                    .isEqualTo(200);
            assertThat(service.get("/dead-letters", OPERATOR).status()).isEqualTo(200);
            assertThat(service.onPublicPort("/things").body()).isEqualTo("things");
        }
    }

    @Test
    void the_public_port_serves_no_management() {
        try (RunningApplication service = new RunningApplication("management.server.port=0", PASSWORD)) {
            assertThat(service.onPublicPort("/dead-letters").status()).isEqualTo(404);
            assertThat(service.onPublicPort("/actuator/health").status()).isEqualTo(404);
            assertThat(service.onPublicPort("/things").headers()).doesNotContainKeys("set-cookie", "x-frame-options");
        }
    }

    @Test
    void a_decision_is_recorded_with_the_operators_name(CapturedOutput output) {
        try (RunningApplication service = new RunningApplication("management.server.port=0", PASSWORD)) {
            service.poison("1", "{\"orderId\": \"1\"}".getBytes(StandardCharsets.UTF_8));
            await().until(() ->
                    service.get("/dead-letters", OPERATOR).json().get("total").asInt() == 1);
            String path = "/dead-letters/"
                    + service.get("/dead-letters", OPERATOR)
                            .json()
                            .at("/items/0/id")
                            .asString();

            assertThat(service.post(path + "/discard", OPERATOR, null).status()).isEqualTo(200);

            assertThat(service.get(path, OPERATOR).json().get("history").findValuesAsString("who"))
                    .containsExactly("operator");
        }
        assertThat(output).doesNotContain("The operator API (messaging.operations.enabled) is not protected");
    }

    @Test
    void without_a_password_every_operator_is_rejected_and_one_line_is_logged(CapturedOutput output) {
        try (RunningApplication service = new RunningApplication("management.server.port=0")) {
            Response response = service.get("/dead-letters", "operator:");
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.json().get("detail").asString()).contains("orderflow.operator.password");
            assertThat(service.get("/actuator/health", null).status()).isEqualTo(200);
        }
        assertThat(output).containsOnlyOnce("orderflow.operator.password is not set");
        assertThat(output).doesNotContain("generated security password");
    }

    @Test
    void users_without_the_role_are_forbidden() {
        try (RunningApplication service =
                new RunningApplication(RunningApplication.SomebodyElse.class, "management.server.port=0")) {
            Response response = service.get("/dead-letters", "guest:guest");
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.json().get("type").asString()).isEqualTo("/docs/problems.html#forbidden");
            assertThat(service.get("/actuator/health", "guest:guest").body()).doesNotContain("broker");
        }
    }

    @Test
    void readers_look_and_change_nothing_and_see_no_content() {
        String reader = "reader:another password";
        try (RunningApplication service = new RunningApplication(
                "management.server.port=0", PASSWORD, "orderflow.operator.reader-password=another password")) {
            assertThat(service.get("/dead-letters", reader).status()).isEqualTo(200);
            assertThat(service.get("/actuator/health", reader).body()).contains("\"broker\":\"memory\"");
            for (String id : List.of("1", "+1", "0x1", "%201", "-1")) {
                assertThat(service.get("/dead-letters/" + id, reader).status())
                        .as(id)
                        .isEqualTo(403);
            }
            assertThat(service.get("/dead-letters/redrives", reader).status()).isEqualTo(200);
            assertThat(service.get("/dead-letters/redrives/" + UUID.randomUUID(), reader)
                            .status())
                    .isEqualTo(404);
            assertThat(service.post("/dead-letters/1/discard", reader, null).status())
                    .isEqualTo(403);
            assertThat(service.get("/dead-letters/1", OPERATOR).status()).isEqualTo(404);
        }
    }

    @Test
    void after_many_failed_logins_of_an_address_the_right_password_is_refused_as_well() {
        try (RunningApplication service = new RunningApplication("management.server.port=0", PASSWORD)) {
            for (int i = 0; i < FailedLogins.MAX_FAILURES; i++) {
                assertThat(service.get("/dead-letters", "operator:" + i).status())
                        .isEqualTo(401);
            }

            Response response = service.get("/dead-letters", OPERATOR);
            assertThat(response.status()).isEqualTo(429);
            assertThat(response.json().get("type").asString()).isEqualTo("/docs/problems.html#too-many-requests");
            assertThat(Integer.parseInt(response.headers().get("retry-after").get(0)))
                    .isBetween(1, 60);
            assertThat(service.get("/dead-letters", null).status()).isEqualTo(401);
            assertThat(service.get("/actuator/health", null).status()).isEqualTo(200);
        }
    }

    @Test
    void attempts_at_the_same_time_count_before_their_passwords_are_checked() throws Exception {
        int attempts = 2 * FailedLogins.MAX_FAILURES;
        ExecutorService threads = Executors.newFixedThreadPool(attempts);
        try (RunningApplication service = new RunningApplication("management.server.port=0", PASSWORD)) {
            List<Callable<Integer>> logins = IntStream.range(0, attempts)
                    .mapToObj(i -> (Callable<Integer>)
                            () -> service.get("/dead-letters", "operator:" + i).status())
                    .toList();

            int checked = 0;
            for (Future<Integer> status : threads.invokeAll(logins)) {
                assertThat(status.get()).isIn(401, 429);
                checked += status.get() == 401 ? 1 : 0;
            }

            assertThat(checked).isEqualTo(FailedLogins.MAX_FAILURES);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_page_of_another_origin_changes_nothing_with_the_password_that_the_browser_remembers() {
        try (RunningApplication service = new RunningApplication("management.server.port=0", PASSWORD)) {
            for (String header : List.of(
                    "Sec-Fetch-Site: cross-site",
                    "Sec-Fetch-Site: same-site",
                    "Origin: https://example.org",
                    "Origin: http://localhost:1",
                    "Origin: null",
                    "Origin: http://[%")) {
                Response response = service.post("/dead-letters/1/discard", OPERATOR, null, header.split(": "));
                assertThat(response.status()).as(header).isEqualTo(403);
                assertThat(response.headers().get("content-type")).containsExactly("application/problem+json");
                assertThat(response.json().get("type").asString()).isEqualTo("/docs/problems.html#forbidden");
            }
        }
    }

    @Test
    void pages_of_the_same_origin_and_other_clients_may_change_something() {
        try (RunningApplication service = new RunningApplication("management.server.port=0", PASSWORD)) {
            String own = "http://localhost:" + service.context.getEnvironment().getProperty("local.management.port");
            for (String[] headers : List.of(
                    new String[] {"Sec-Fetch-Site", "same-origin", "Origin", own},
                    new String[] {"Sec-Fetch-Site", "none"},
                    new String[] {"Origin", own},
                    new String[] {})) {
                assertThat(service.post("/dead-letters/1/discard", OPERATOR, null, headers)
                                .status())
                        .as(String.join(" ", headers))
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void the_profile_secured_needs_a_key() {
        assertThatThrownBy(() -> new RunningApplication("spring.profiles.active=secured"))
                .rootCause()
                .hasMessageContaining("spring.security.oauth2.resourceserver.jwt.public-key-location");
    }

    @Test
    void without_the_profile_secured_one_line_says_that_the_api_is_open(CapturedOutput output) {
        try (RunningApplication service = new RunningApplication("management.server.port=0")) {
            assertThat(service.onPublicPort("/things").status()).isEqualTo(200);
        }
        assertThat(output).containsOnlyOnce("The API is open: everybody who can connect to localhost");
    }

    /** Docker compose names the key always, and writes it under the profile secured only. */
    @Test
    void without_the_profile_secured_the_key_need_not_exist() {
        try (RunningApplication service = new RunningApplication(
                "management.server.port=0",
                "spring.security.oauth2.resourceserver.jwt.public-key-location=file:/does/not/exist")) {
            assertThat(service.onPublicPort("/things").status()).isEqualTo(200);
        }
    }

    @Test
    void a_password_may_be_given_encoded() {
        String bcrypt = new BCryptPasswordEncoder(4).encode("a good password");
        try (RunningApplication service =
                new RunningApplication("management.server.port=0", "orderflow.operator.password={bcrypt}" + bcrypt)) {
            assertThat(service.get("/dead-letters", OPERATOR).status()).isEqualTo(200);
        }
    }

    @Test
    void a_password_that_bcrypt_would_truncate_stops_the_start() {
        assertThatThrownBy(() -> new OperatorProperties("operator", "x".repeat(73), null))
                .hasMessageContaining("orderflow.operator.password");
    }
}

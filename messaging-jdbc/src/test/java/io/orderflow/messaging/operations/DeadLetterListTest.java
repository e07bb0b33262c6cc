package io.orderflow.messaging.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.operations.ForeignApplication.Response;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DeadLetterListTest {

    private static ForeignApplication application;

    @BeforeAll
    static void start() {
        application = new ForeignApplication();
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void deleteDeadLetters() {
        application.deleteDeadLetters();
    }

    @Test
    void dead_letters_are_listed_with_counts_by_failure() {
        application.deadLetter("{\"orderId\":\"1\"}", "{\"orderId\":\"2\"}", "{\"orderId\":");

        JsonNode page = list("?size=2");
        assertThat(page.get("total").asInt()).isEqualTo(3);
        assertThat(page.get("size").asInt()).isEqualTo(2);
        assertThat(page.get("items")).hasSize(2);
        JsonNode similar = page.get("fingerprints").get(0);
        assertThat(similar.get("number").asInt()).isEqualTo(2);
        assertThat(similar.get("exception").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(similar.get("place").asString()).contains("ForeignApplication");
        assertThat(list("?size=2&page=1").get("items")).hasSize(1);
    }

    @Test
    void a_filter_selects_dead_letters() {
        application.deadLetter("{\"orderId\":\"1\"}", "{\"orderId\":\"2\"}", "{\"orderId\":");
        String fingerprint = list("").at("/fingerprints/0/fingerprint").asString();

        assertThat(total("?fingerprint=" + fingerprint)).isEqualTo(2);
        assertThat(total("?group=stock&topic=orders&state=WAITING")).isEqualTo(3);
        assertThat(total("?group=mail")).isZero();
        assertThat(total("?from=" + Instant.now().plusSeconds(60))).isZero();
        assertThat(total("?type=x&to=2020-01-01T00:00:00Z")).isZero();
    }

    @Test
    void a_payload_is_a_string_within_json_and_never_a_page() {
        application.deadLetter("<script>alert(1)</script>");

        Response response = application.get("/dead-letters/" + application.deadLetterIds()[0]);

        assertThat(response.header("content-type")).startsWith("application/json");
        JsonNode payload = response.json().get("payload");
        assertThat(payload.get("encoding").asString()).isEqualTo("text");
        assertThat(payload.get("content").asString()).isEqualTo("<script>alert(1)</script>");
        assertThat(response.json().get("headers").get("x").asString()).isEqualTo("\ufffd");
        assertThat(response.json().get("sentAt").asString()).isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void binary_payloads_are_shown_in_base64_and_long_ones_truncated() {
        byte[] binary = new byte[40_000];
        binary[0] = -1;
        application.deadLetter(binary, "x".repeat(100_000).getBytes(java.nio.charset.StandardCharsets.UTF_8));

        for (String id : application.deadLetterIds()) {
            JsonNode payload = application.get("/dead-letters/" + id).json().get("payload");
            assertThat(payload.get("truncated").asBoolean()).isTrue();
            String content = payload.get("content").asString();
            if (payload.get("encoding").asString().equals("base64")) {
                assertThat(Base64.getDecoder().decode(content))
                        .hasSize(Payload.MAX_BYTES)
                        .startsWith(-1, 0);
                assertThat(payload.get("size").asInt()).isEqualTo(40_000);
            } else {
                assertThat(content).hasSize(Payload.MAX_CHARACTERS + 1);
            }
        }
    }

    private static int total(String query) {
        return list(query).get("total").asInt();
    }

    private static JsonNode list(String query) {
        return application.get("/dead-letters" + query).json();
    }
}

package io.orderflow.order.web;

import static io.orderflow.order.Api.item;
import static io.orderflow.order.Api.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.order.Api.Response;
import io.orderflow.order.RunningOrderService;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class EventsTest extends RunningOrderService {

    @Autowired
    private DataSource database;

    @Test
    void aClientThatPassesTheCursorOnSeesEachEventOnce() {
        String start = end();
        String first = place();
        String second = place();
        api.cancel(first);

        List<String> seen = new ArrayList<>();
        String cursor = start;
        for (int i = 0; i < 3; i++) {
            JsonNode page = api.get("/events?limit=1&since=" + cursor).json();
            assertThat(page.get("items").size()).isEqualTo(1);
            JsonNode event = page.at("/items/0");
            seen.add(event.get("orderId").stringValue() + " "
                    + event.get("status").stringValue());
            cursor = page.get("next").stringValue();
        }

        assertThat(seen).containsExactly(first + " PENDING", second + " PENDING", first + " CANCELLED");
        JsonNode last = api.get("/events?since=" + cursor).json();
        assertThat(last.get("items").size()).isZero();
        assertThat(last.get("next").stringValue()).isEqualTo(cursor);
    }

    /** A transaction that began earlier and commits later than another one has the lower position. */
    @Test
    void anEventThatIsCommittedLateIsNotSkipped() throws Exception {
        String existing = place();
        String cursor = end();
        String later;
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into timeline (order_id, at, what, status) values (?, now(), 'late', 'PENDING')")) {
                insert.setObject(1, UUID.fromString(existing));
                insert.executeUpdate();
            }
            later = place();
            assertThat(api.get("/events?since=" + cursor).json().get("items").size())
                    .as("events that could be overtaken")
                    .isZero();
            connection.commit();
        }

        JsonNode items = api.get("/events?wait=10&since=" + cursor).json().get("items");
        assertThat(items.findValuesAsString("orderId")).containsExactly(existing, later);
    }

    @Test
    void aRequestThatWaitsIsAnsweredWhenSomethingHappens() throws Exception {
        String cursor = end();
        CompletableFuture<Response> waiting =
                CompletableFuture.supplyAsync(() -> api.get("/events?wait=30&since=" + cursor));

        String id = place();

        Response response = waiting.get(20, TimeUnit.SECONDS);
        assertThat(response.json().at("/items/0/orderId").stringValue()).isEqualTo(id);
    }

    @Test
    void withoutAnEventTheAnswerIsEmptyAndKnownToTheClient() {
        String cursor = end();

        Response response = api.get("/events?wait=1&since=" + cursor);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.json().get("items").size()).isZero();
        String etag = response.header("ETag");
        assertThat(api.send(api.request("/events?since=" + cursor).header("If-None-Match", etag))
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "since=x",
                "since=1-2-3",
                "since=9999999999999999999-1",
                "limit=0",
                "limit=501",
                "wait=31",
                "wait=-1"
            })
    void anInvalidParameterIsNamed(String query) {
        Response response = api.get("/events?" + query);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.json().at("/errors/0/field").stringValue()).isEqualTo(query.replaceAll("=.*", ""));
    }

    @Test
    void theEventsOfAnOrderAreStreamedUntilItsStateIsFinal() throws Exception {
        String id = place();
        CompletableFuture<Response> stream = CompletableFuture.supplyAsync(
                () -> api.send(api.request("/orders/" + id + "/events").header("Accept", "text/event-stream")));
        api.cancel(id);

        Response response = stream.get(20, TimeUnit.SECONDS);
        List<String> lines = response.body().lines().toList();
        assertThat(lines)
                .filteredOn(line -> line.startsWith("event:"))
                .containsExactly("event:PENDING", "event:CANCELLED");

        String first = lines.stream()
                .filter(line -> line.startsWith("id:"))
                .findFirst()
                .orElseThrow()
                .substring(3);
        Response rest = api.send(api.request("/orders/" + id + "/events").header("Last-Event-ID", first));
        assertThat(rest.body().lines()).contains("event:CANCELLED").doesNotContain("event:PENDING");
    }

    @Test
    void anUnknownOrderHasNoStream() {
        assertThat(api.get("/orders/" + UUID.randomUUID() + "/events").status()).isEqualTo(404);
    }

    @Test
    void thePollingClientGoesOnWhereItEnded(@TempDir Path folder) throws Exception {
        Path cursor = Files.writeString(folder.resolve("cursor"), end());
        String first = place();
        assertThat(firstLineOfThePollingClient(cursor)).contains(first, "PENDING", "Order placed");

        String second = place();

        assertThat(firstLineOfThePollingClient(cursor)).contains(second);
    }

    private String firstLineOfThePollingClient(Path cursor) throws IOException {
        Process client = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "../examples/polling-client/PollingClient.java",
                        "http://localhost:" + port(),
                        cursor.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = client.inputReader()) {
            String line = output.readLine();
            await().until(() -> Files.readString(cursor).equals(end()));
            return line;
        } finally {
            client.destroyForcibly().onExit().join();
        }
    }

    private String place() {
        Response placed = api.post("/orders", order("poller", item("MUG-RABBIT", 1)));
        return placed.json().get("id").stringValue();
    }

    /** The cursor of the last event. */
    private String end() {
        String cursor = "";
        while (true) {
            JsonNode page = api.get("/events?limit=500&since=" + cursor).json();
            if (page.get("items").isEmpty()) {
                return page.get("next").stringValue();
            }
            cursor = page.get("next").stringValue();
        }
    }
}

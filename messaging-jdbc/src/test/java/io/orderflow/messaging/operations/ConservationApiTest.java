package io.orderflow.messaging.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.conservation.PublishedMessages;
import io.orderflow.messaging.deadletters.DeadLetterFilter;
import io.orderflow.messaging.deadletters.DeadLetters;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.messaging.outbox.Outbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Published messages are found in each group, or reported as missing. Group {@code stock} fails, the other ones handle all. */
class ConservationApiTest {

    private static final String PUBLISHED = "/conservation/published?unchangedForSeconds=0";

    private static final ForeignApplication APPLICATION = new ForeignApplication(
            Map.of(
                    "each", counting("each", UnitOfWork.MESSAGE),
                    "polls", counting("polls", UnitOfWork.POLL),
                    "remote", counting("remote", UnitOfWork.SELF_MANAGED),
                    "some", counting("some", UnitOfWork.MESSAGE).matching("order.created.*")),
            "messaging.topics.orders.groups=stock,each,polls,remote,some");

    private static EventSubscription counting(String group, UnitOfWork unit) {
        return EventSubscription.of("orders", group)
                .takingUntyped()
                .on(String.class, "order.v1", (order, context) -> {})
                .unitOfWork(unit);
    }

    @AfterAll
    static void stop() {
        APPLICATION.close();
    }

    /** The slot in which the application started is not compared otherwise. */
    @BeforeEach
    void nothingYet() {
        APPLICATION
                .jdbc()
                .sql("update messaging_group_start set started_at = now() - interval '1 hour'")
                .update();
        for (String table : List.of("messaging_published", "messaging_dead_letter", "messaging_inbox")) {
            APPLICATION.jdbc().sql("delete from " + table).update();
        }
    }

    @Test
    void each_message_is_found_where_it_is_and_a_lost_one_is_missing() {
        publish(3);

        awaitBalance("stock", "3 = 0 + 3 + 0 + 0 + 0, missing 0");
        for (String group : List.of("each", "polls", "remote")) {
            awaitBalance(group, "3 = 3 + 0 + 0 + 0 + 0, missing 0");
        }
        APPLICATION
                .jdbc()
                .sql("delete from messaging_dead_letter where id in (select min(id) from messaging_dead_letter)")
                .update();
        assertThat(balance("stock")).isEqualTo("3 = 0 + 2 + 0 + 0 + 0, missing 1");
        assertThat(missing("stock")).as("after one check").isZero();
        assertThat(balance("stock")).isEqualTo("3 = 0 + 2 + 0 + 0 + 0, missing 1");
        assertThat(missing("stock")).as("after a second one").isEqualTo(1);
        assertThat(missing("some")).as("a filtered group").isNaN();
    }

    @Test
    void a_backlog_and_a_redrive_are_in_flight() {
        APPLICATION.post("/subscriptions/orders/stock/pause");
        publish(1);
        awaitBalance("stock", "1 = 0 + 0 + 0 + 0 + 1, missing 0");
        APPLICATION.post("/subscriptions/orders/stock/resume");
        awaitBalance("stock", "1 = 0 + 1 + 0 + 0 + 0, missing 0");

        APPLICATION.post("/subscriptions/orders/stock/pause");
        String id = APPLICATION.deadLetterIds()[0];
        assertThat(APPLICATION.post("/dead-letters/" + id + "/redrive").status())
                .isEqualTo(200);
        awaitBalance("stock", "1 = 0 + 0 + 0 + 0 + 1, missing 0");
        APPLICATION.post("/subscriptions/orders/stock/resume");
        awaitBalance("stock", "1 = 0 + 1 + 0 + 0 + 0, missing 0");
    }

    @Test
    void a_retry_that_waits_in_the_outbox_is_in_flight_and_a_rejected_one_is_parked() {
        publish(1);
        awaitBalance("stock", "1 = 0 + 1 + 0 + 0 + 0, missing 0");
        String id = APPLICATION
                .jdbc()
                .sql("delete from messaging_dead_letter where id in (select max(id) from messaging_dead_letter)"
                        + " returning message_id")
                .query(String.class)
                .single();
        inTransaction(outbox -> outbox.addAfter(
                Duration.ofHours(1), "orders.stock.retry", List.of(message().withHeader(Headers.ID, id))));
        assertThat(balance("stock")).isEqualTo("1 = 0 + 0 + 0 + 0 + 1, missing 0");

        APPLICATION.jdbc().sql("update messaging_outbox set parked_at = now()").update();
        assertThat(balance("stock")).isEqualTo("1 = 0 + 0 + 0 + 1 + 0, missing 0");

        APPLICATION.jdbc().sql("delete from messaging_outbox").update();
        assertThat(balance("stock")).isEqualTo("1 = 0 + 0 + 0 + 0 + 0, missing 1");
    }

    @Test
    void retries_and_dead_letters_are_not_published_anew() {
        inTransaction(outbox -> outbox.add("orders.stock.dlq", List.of(message())));
        inTransaction(outbox -> outbox.add("orders", List.of(message())));

        await().untilAsserted(() -> assertThat(APPLICATION
                        .jdbc()
                        .sql("select topic || messages from messaging_published")
                        .query(String.class)
                        .list())
                .containsExactly("orders1"));
        assertThat(APPLICATION
                        .jdbc()
                        .sql("select count(*) from messaging_outbox")
                        .query(Long.class)
                        .single())
                .isZero();
        await().until(() -> APPLICATION.bean(DeadLetters.class).count(DeadLetterFilter.all()) == 2);
    }

    @Test
    void counts_are_kept_for_the_retention_of_the_inbox_and_returned_for_an_hour() {
        for (String age : List.of("30 minutes", "3 hours", "8 days")) {
            APPLICATION
                    .jdbc()
                    .sql("insert into messaging_published (topic, source, slot, messages, updated_at)"
                            + " values ('orders', ?, 0, 1, now() - ?::interval)")
                    .params(age, age)
                    .update();
        }
        APPLICATION.bean(PublishedMessages.class).cleanUp();

        assertThat(APPLICATION
                        .jdbc()
                        .sql("select source from messaging_published order by updated_at")
                        .query(String.class)
                        .list())
                .containsExactly("3 hours", "30 minutes");
        assertThat(APPLICATION.get(PUBLISHED).json().findValuesAsString("source"))
                .containsExactly("30 minutes");
    }

    @Test
    void a_filtered_group_is_not_compared() {
        JsonNode some = check("some");

        assertThat(some.get("unchecked").asString()).contains("filter");
        assertThat(some.get("missing").asLong()).isZero();
    }

    @Test
    void invalid_requests_are_rejected() {
        APPLICATION.get("/conservation/published?unchangedForSeconds=-1").assertProblem(400, "invalid-request");
        APPLICATION.post("/conservation/check", "{}").assertInvalid("items", "must not be null");
    }

    private static void publish(int messages) {
        inTransaction(outbox -> outbox.add(
                "orders", IntStream.range(0, messages).mapToObj(i -> message()).toList()));
    }

    private static void inTransaction(Consumer<Outbox> work) {
        new TransactionTemplate(APPLICATION.bean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> work.accept(APPLICATION.bean(Outbox.class)));
    }

    private static Message<String, byte[]> message() {
        byte[] json = "\"1\"".getBytes(StandardCharsets.UTF_8);
        return new Message<>("key", json, Map.of(Headers.SOURCE, "/shop", Headers.TYPE, "order.v1"), Instant.EPOCH);
    }

    private static void awaitBalance(String group, String expected) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(balance(group)).isEqualTo(expected));
    }

    private static String balance(String group) {
        JsonNode is = check(group);
        return "%d = %d + %d + %d + %d + %d, missing %d"
                .formatted(
                        is.get("published").asLong(),
                        is.get("handled").asLong(),
                        is.get("deadLettered").asLong(),
                        is.get("expired").asLong(),
                        is.get("parked").asLong(),
                        is.get("inFlight").asLong(),
                        is.get("missing").asLong());
    }

    private static double missing(String group) {
        return APPLICATION
                .bean(MeterRegistry.class)
                .get("messaging.conservation.missing")
                .tag("group", group)
                .gauge()
                .value();
    }

    private static JsonNode check(String group) {
        String published = APPLICATION.get(PUBLISHED).json().toString();
        return APPLICATION
                .post("/conservation/check", published)
                .json()
                .get("items")
                .valueStream()
                .filter(each -> each.get("group").asString().equals(group))
                .findFirst()
                .orElseThrow();
    }
}

package io.orderflow.messaging.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Something is unavailable that every message needs. */
class OutageTest extends FailingHandlerFixture {

    private static final int ORDERS = 60;
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(20);

    @ParameterizedTest(name = "{0}, {1}, {2} member(s)")
    @CsvSource({
        "UNKNOWN, MESSAGE, 2",
        "NETWORK, MESSAGE, 1",
        "UNKNOWN, POLL, 1",
        "UNKNOWN, SELF_MANAGED, 3",
        "NETWORK, NO_DATABASE, 2"
    })
    void an_outage_of_a_minute_costs_no_message_an_attempt(String failure, String unit, int members) {
        start(unit, members);
        application.failure.set(failure);
        send(ORDERS, "order");

        await().untilAsserted(() -> assertThat(problems()).anyMatch(each -> each.contains("is paused since")));
        int tried = application.tried.get();
        Instant oneMinuteLater = application.time.instant().plus(Duration.ofMinutes(1));
        awaitStepping(() -> application.time.instant().isAfter(oneMinuteLater) && application.tried.get() > tried + 4);
        assertThat(count("messaging.dead.lettered")).isZero();
        assertThat(count("messaging.handled")).isZero();
        assertThat(count("messaging.retried")).as("attempts spent").isLessThanOrEqualTo(2);
        assertThat(application.tried.get()).as("tries in a minute").isLessThan(ORDERS);

        application.failure.set("");
        awaitStepping(() -> application.handled.size() == ORDERS);
        await().untilAsserted(() -> assertThat(count("messaging.handled")).isEqualTo(ORDERS));
        assertThat(count("messaging.dead.lettered")).isZero();
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"MESSAGE", "POLL"})
    void a_duplicate_that_arrives_during_an_outage_does_not_end_it(String unit) {
        start(unit, 1);
        Message<String, byte[]> known = message("known", 0);
        send(known);
        await().until(() -> application.handled.size() == 1);

        application.failure.set("UNKNOWN");
        send(6, "order");
        await().untilAsserted(() -> assertThat(problems()).anyMatch(each -> each.contains("is paused since")));
        send(known);
        awaitStepping(() -> duplicates() == 1);
        Instant oneMinuteLater = application.time.instant().plus(Duration.ofMinutes(1));
        awaitStepping(() -> application.time.instant().isAfter(oneMinuteLater));
        assertThat(count("messaging.retried")).as("attempts spent").isLessThanOrEqualTo(2);
        assertThat(count("messaging.dead.lettered")).isZero();

        application.failure.set("");
        awaitStepping(() -> application.handled.size() == 7);
    }

    @ParameterizedTest
    @CsvSource({"MESSAGE", "POLL"})
    void a_message_that_members_hand_on_in_an_outage_is_not_suspected_of_a_crash(String unit) {
        start(unit, 3);
        application.failure.set("NETWORK");
        send(6, "order");
        awaitStepping(() -> {
            application.time.step(Duration.ofSeconds(12));
            return application.tried.get() > 40;
        });

        application.failure.set("");
        awaitStepping(() -> application.handled.size() == 6);
        assertThat(application.suspected).isEmpty();
    }

    /** Lets a second pass before each check. */
    private void awaitStepping(Callable<Boolean> condition) {
        await().atMost(Duration.ofMinutes(1)).pollInterval(CHECK_INTERVAL).until(() -> {
            application.time.step(Duration.ofSeconds(1));
            return condition.call();
        });
    }

    private double duplicates() {
        return context.getBean(MeterRegistry.class)
                .counter("messaging.inbox.duplicates", "group", "stock")
                .count();
    }
}

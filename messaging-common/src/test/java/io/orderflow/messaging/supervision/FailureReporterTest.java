package io.orderflow.messaging.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.TopicUnavailableException;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class FailureReporterTest {

    private static final MessagingException UNAVAILABLE = new MessagingException("Connection refused.", null);
    private static final Exception POOL_EXHAUSTED = new SQLTransientConnectionException("No connection.");

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final FailureReporter reporter = new FailureReporter(() -> now);

    @Test
    void an_outage_is_logged_when_it_begins_and_when_it_is_over(CapturedOutput log) {
        for (int i = 0; i < 10; i++) {
            fail("orders-stock-1", UNAVAILABLE);
        }
        reporter.recovered("orders-stock-1");
        assertThat(lines(log)).hasSize(2);
        assertThat(lines(log).get(0)).contains("The broker is unavailable for orders-stock-1", "Connection refused.");
        assertThat(lines(log).get(1)).contains("The broker works again after PT10S and 10 failure(s)");
    }

    @Test
    void a_lasting_outage_is_logged_once_a_minute_with_all_that_it_affects(CapturedOutput log) {
        for (int i = 0; i < 240; i++) { // four minutes, two failures a second
            reporter.failed("orders-stock-1", UNAVAILABLE);
            fail("outbox-relay", UNAVAILABLE);
        }
        assertThat(lines(log)).hasSize(4);
        assertThat(lines(log).get(3)).contains("PT3M", "[orders-stock-1, outbox-relay]");
    }

    @Test
    void eight_minutes_without_a_broker_are_fewer_than_forty_lines_of_four_services(CapturedOutput log) {
        List<FailureReporter> services =
                Stream.generate(() -> new FailureReporter(() -> now)).limit(4).toList();
        for (int second = 0; second < 8 * 60; second += 5) { // the longest back-off
            for (FailureReporter service : services) {
                for (int member = 1; member <= 12; member++) {
                    service.failed("orders-stock-" + member, UNAVAILABLE);
                }
            }
            now = now.plusSeconds(5);
        }
        services.forEach(service -> service.recovered("orders-stock-1"));
        assertThat(lines(log)).hasSize(4 * (1 + 7 + 1));
    }

    @Test
    void one_outage_that_many_components_see_is_one(CapturedOutput log) {
        List<String> components = List.of("orders-stock-1", "orders-stock-2", "outbox-relay", "redrive");
        components.forEach(each -> fail(each, UNAVAILABLE));
        components.forEach(reporter::recovered);
        assertThat(lines(log)).hasSize(2);
    }

    @Test
    void the_broker_and_the_database_have_outages_of_their_own(CapturedOutput log) {
        fail("orders-stock-1", UNAVAILABLE);
        fail("outbox-relay", new IllegalStateException("wrapped", POOL_EXHAUSTED));
        reporter.recovered("outbox-relay");
        assertThat(lines(log)).hasSize(3);
        assertThat(lines(log).get(1)).contains("The database is unavailable for outbox-relay");
        assertThat(lines(log).get(2)).contains("The database works again");
    }

    @Test
    void a_missing_topic_is_no_outage_of_the_broker(CapturedOutput log) {
        TopicUnavailableException missing = new TopicUnavailableException("No exchange 'orders'.", null);
        fail("orders-stock-1", new IllegalStateException("wrapped", missing));
        fail("payments-stock-1", UNAVAILABLE);
        reporter.recovered("payments-stock-1");
        reporter.recovered("orders-stock-1");
        assertThat(lines(log)).hasSize(4);
        assertThat(lines(log).get(0)).contains("The topic of orders-stock-1 is unavailable");
        assertThat(lines(log).get(1)).contains("The broker is unavailable for payments-stock-1");
        assertThat(lines(log).get(2)).contains("The broker works again after PT1S and 1 failure(s)");
        assertThat(lines(log).get(3)).contains("The topic of orders-stock-1 works again");
    }

    @Test
    void what_comes_and_goes_every_two_seconds_has_two_lines_a_minute(CapturedOutput log) {
        for (int i = 0; i < 5 * 30; i++) {
            fail("orders-stock-1", UNAVAILABLE);
            now = now.plusSeconds(1);
            reporter.recovered("orders-stock-1");
        }
        assertThat(lines(log)).hasSizeBetween(8, 12);
    }

    @Test
    void an_outage_that_follows_another_one_and_lasts_is_logged_after_a_minute(CapturedOutput log) {
        fail("orders-stock-1", UNAVAILABLE);
        reporter.recovered("orders-stock-1");
        for (int i = 0; i < 61; i++) {
            fail("orders-stock-2", UNAVAILABLE);
        }
        assertThat(lines(log)).hasSize(3);
        assertThat(lines(log).get(2)).contains("orders-stock-2");
    }

    @Test
    void a_failure_that_is_no_outage_is_logged_for_its_component_with_a_stack_trace(CapturedOutput log) {
        fail("orders-stock-1", new IllegalStateException("A bug."));
        fail("orders-stock-1", new MessageRejectedException("Too large.", null));
        assertThat(lines(log)).hasSize(2).allMatch(line -> line.contains("orders-stock-1 has failed unexpectedly"));
        assertThat(log)
                .contains(
                        "java.lang.IllegalStateException: A bug.",
                        "at " + getClass().getName());
    }

    @Test
    void a_component_that_is_not_tried_any_more_does_not_keep_an_outage(CapturedOutput log) {
        fail("outbox-relay for topic orders", UNAVAILABLE);
        reporter.forget("outbox-relay for topic orders");
        reporter.recovered("outbox-relay for topic orders");
        assertThat(lines(log)).hasSize(1);
    }

    private void fail(String component, Exception failure) {
        reporter.failed(component, failure);
        now = now.plusSeconds(1);
    }

    /** In the format of Logback or, after a test that starts an application, of Spring Boot. */
    private static List<String> lines(CapturedOutput log) {
        return log.getAll()
                .lines()
                .filter(line -> line.matches(".* (INFO|WARN|ERROR) .*FailureReporter +(--?|:) .*"))
                .toList();
    }
}

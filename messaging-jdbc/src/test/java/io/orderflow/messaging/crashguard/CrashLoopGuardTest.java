package io.orderflow.messaging.crashguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.handling.CrashProtection;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.Subscription;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CrashLoopGuardTest {

    private static final int AFTER = 3;

    private final Recorded inFlight = new Recorded();
    private final CrashProtection guard =
            new Quarantine(inFlight, AFTER).of(new Subscription("orders", "stock", 1, ConsumerOptions.defaults()));
    private final List<String> handled = new ArrayList<>();

    @Test
    void a_poll_is_recorded_before_it_is_handled() throws Exception {
        poll(delivery -> {
            assertThat(inFlight.calls).containsExactly("take a b");
            return HandlerResult.HANDLED;
        });
    }

    @Test
    void a_suspect_is_begun_and_ended_and_the_others_are_not() throws Exception {
        inFlight.suspects.add("b");
        poll(this::handle);

        assertThat(handled).containsExactly("a", "b");
        assertThat(inFlight.calls).containsExactly("take a b", "begin b", "end b");
    }

    @Test
    void a_suspect_that_fails_is_ended_and_dropped_because_the_process_survived() {
        inFlight.suspects.add("b");
        assertThatIllegalStateException().isThrownBy(() -> poll(failing("b", new IllegalStateException("x"))));

        assertThat(inFlight.calls).containsExactly("take a b", "begin b", "end b", "drop b", "drop all");
    }

    @Test
    void a_suspect_that_ended_too_many_processes_is_quarantined_and_not_handled() {
        inFlight.suspects.add("b");
        inFlight.begun = AFTER + 1;
        assertThatThrownBy(() -> poll(this::handle))
                .isInstanceOf(CrashLoopException.class)
                .hasMessageContaining("3 times");

        assertThat(handled).containsExactly("a");
        assertThat(inFlight.calls).contains("quarantine b").doesNotContain("end b");
    }

    @Test
    void while_the_database_is_unavailable_a_failed_message_stays_recorded() {
        assertThatThrownBy(() -> poll(failing("a", new SQLException("refused", "08001"))));

        assertThat(inFlight.calls).doesNotContain("drop a");
    }

    @Test
    void a_poll_with_a_suspect_is_not_handled_as_a_whole() throws Exception {
        guard.poll()
                .around(deliveries -> guard.together(all -> List.of()).handle(deliveries))
                .handle(List.of(delivery("a")));
        assertThat(inFlight.calls).containsExactly("take a");

        inFlight.suspects.add("a");
        assertThatIllegalStateException()
                .isThrownBy(() -> guard.poll()
                        .around(deliveries -> guard.together(all -> List.of()).handle(deliveries))
                        .handle(List.of(delivery("a"))));
    }

    /** The headers of its attempts are corrected between the poll and the handler. */
    @Test
    void a_suspect_is_recognised_whatever_its_headers_say_of_attempts() throws Exception {
        inFlight.suspects.add("a");
        guard.poll()
                .around(deliveries -> {
                    Delivery<String, byte[]> polled = deliveries.get(0);
                    guard.message()
                            .around(this::handle)
                            .handle(new Delivery<>(
                                    polled.topic(),
                                    polled.message().withHeader(Headers.ATTEMPTS, "1"),
                                    polled.position()));
                })
                .handle(List.of(delivery("a")));

        assertThat(inFlight.calls).containsExactly("take a", "begin a", "end a");
    }

    private void poll(MessageHandler handler) throws Exception {
        MessageHandler guarded = guard.message().around(handler);
        guard.poll()
                .around(deliveries -> {
                    for (Delivery<String, byte[]> each : deliveries) {
                        guarded.handle(each);
                    }
                })
                .handle(List.of(delivery("a"), delivery("b")));
    }

    private HandlerResult handle(Delivery<String, byte[]> delivery) {
        handled.add(delivery.message().key());
        return HandlerResult.HANDLED;
    }

    private MessageHandler failing(String key, Exception failure) {
        return delivery -> {
            if (delivery.message().key().equals(key)) {
                throw failure;
            }
            return handle(delivery);
        };
    }

    private static Delivery<String, byte[]> delivery(String key) {
        return new Delivery<>(
                "orders", new Message<>(key, new byte[0], Map.of(Headers.ID, key), Instant.EPOCH), "orders@" + key);
    }

    /** Instead of the database. */
    private static final class Recorded implements InFlightMessages {

        final List<String> calls = new ArrayList<>();
        final Set<String> suspects = new HashSet<>();
        int begun = 1;

        @Override
        public Set<Taken> take(UUID member, Subscription subscription, Collection<Taken> messages) {
            calls.add(messages.stream()
                    .map(each -> each.id().id())
                    .sorted()
                    .collect(Collectors.joining(" ", "take ", "")));
            return messages.stream()
                    .filter(each -> suspects.contains(each.id().id()))
                    .collect(Collectors.toSet());
        }

        @Override
        public void drop(UUID member) {
            calls.add("drop all");
        }

        @Override
        public void drop(UUID member, Taken failed) {
            calls.add("drop " + failed.id().id());
        }

        @Override
        public int begin(Subscription subscription, Taken suspect, boolean redriven) {
            calls.add("begin " + suspect.id().id());
            return begun;
        }

        @Override
        public void end(Subscription subscription, Taken suspect) {
            calls.add("end " + suspect.id().id());
        }

        @Override
        public void quarantine(Subscription subscription, Taken suspect) {
            calls.add("quarantine " + suspect.id().id());
        }

        @Override
        public void deleteOld() {
            calls.add("delete");
        }
    }
}

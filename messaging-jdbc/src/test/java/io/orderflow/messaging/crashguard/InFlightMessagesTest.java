package io.orderflow.messaging.crashguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.crashguard.InFlightMessages.Taken;
import io.orderflow.messaging.database.Databases;
import io.orderflow.messaging.handling.Subscription;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is suspect, and what counts against a message; each {@link InFlightMessages} is a process. */
class InFlightMessagesTest {

    private static final Subscription SUBSCRIPTION = new Subscription("orders", "stock", 1, ConsumerOptions.defaults());
    private static final Taken MESSAGE = new Taken(new MessageId("/shop", "m1"), "member/orders/null/null");
    private static final Taken NEIGHBOUR = new Taken(new MessageId("/shop", "m2"), "member/orders/null/null");

    private final HikariDataSource database = Databases.fresh();
    private final InFlightMessages process = new JdbcInFlightMessages(database);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void each_process_that_begins_a_message_alone_and_never_ends_it_counts() {
        for (int ended = 1; ended <= 4; ended++) {
            assertThat(begin(new JdbcInFlightMessages(database))).isEqualTo(ended);
        }
    }

    /** The database went away before the end could be noted, or what said that the beginning was noted got lost. */
    @Test
    void a_process_that_lives_counts_once_however_often_its_note_of_the_end_is_lost() {
        for (int i = 0; i < 10; i++) {
            assertThat(begin(process)).isEqualTo(1);
        }
    }

    @Test
    void processes_that_live_and_hand_a_message_to_each_other_again_and_again_do_not_add_up() {
        InFlightMessages other = new JdbcInFlightMessages(database);
        for (int i = 0; i < 10; i++) {
            assertThat(begin(process)).isLessThanOrEqualTo(2);
            assertThat(begin(other)).isEqualTo(2);
        }
    }

    @Test
    void a_message_that_came_to_its_end_has_a_clean_slate() {
        begin(new JdbcInFlightMessages(database));
        begin(process);
        process.end(SUBSCRIPTION, MESSAGE);

        assertThat(begin(process)).isEqualTo(1);
    }

    @Test
    void people_who_redrive_a_message_end_its_quarantine() {
        begin(new JdbcInFlightMessages(database));
        begin(process);
        process.quarantine(SUBSCRIPTION, MESSAGE);
        assertThat(begin(process)).isEqualTo(InFlightMessages.QUARANTINED);

        assertThat(process.begin(SUBSCRIPTION, MESSAGE, true)).isEqualTo(1);
    }

    @Test
    void what_another_member_has_in_hand_is_suspect_and_what_it_failed_at_is_not() {
        UUID failing = UUID.randomUUID();
        process.take(failing, SUBSCRIPTION, List.of(MESSAGE, NEIGHBOUR));

        process.drop(failing, MESSAGE);

        assertThat(process.take(UUID.randomUUID(), SUBSCRIPTION, List.of(MESSAGE, NEIGHBOUR)))
                .containsExactly(NEIGHBOUR);
    }

    /** One id of two sources is two messages. */
    @Test
    void what_is_counted_against_a_message_is_not_counted_against_one_of_another_source() {
        begin(new JdbcInFlightMessages(database));
        process.quarantine(SUBSCRIPTION, MESSAGE);
        Taken other = new Taken(new MessageId("/mall", "m1"), "member/orders/null/null");

        assertThat(process.begin(SUBSCRIPTION, other, false)).isEqualTo(1);
        assertThat(process.take(UUID.randomUUID(), SUBSCRIPTION, List.of(MESSAGE)))
                .containsExactly(MESSAGE);
        process.end(SUBSCRIPTION, other);
        assertThat(process.take(UUID.randomUUID(), SUBSCRIPTION, List.of(other)))
                .isEmpty();
    }

    private static int begin(InFlightMessages in) {
        return in.begin(SUBSCRIPTION, MESSAGE, false);
    }
}

package io.orderflow.messaging.rabbit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.MessageRejectedException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class UnconfirmedBatchesTest {

    private final UnconfirmedBatches batches = new UnconfirmedBatches();

    @Test
    void a_confirm_is_credited_to_the_batch_that_has_its_number() {
        UnconfirmedBatch first = batches.begin("a", 1, 2);
        UnconfirmedBatch second = batches.begin("b", 3, 2);

        batches.confirmed(3, false);
        batches.confirmed(4, false);

        assertConfirmed(second);
        assertOpen(first);
        batches.confirmed(2, true);
        assertConfirmed(first);
    }

    @Test
    void the_late_confirm_of_a_failed_batch_changes_no_other() {
        UnconfirmedBatch open = batches.begin("a", 1, 1);
        batches.begin("b", 2, 1);
        batches.returned("b", "NO_ROUTE");

        batches.confirmed(2, false);
        batches.confirmed(2, false);

        assertOpen(open);
    }

    @Test
    void a_batch_that_was_published_in_part_waits_for_no_answer_to_the_rest() {
        UnconfirmedBatch open = batches.begin("a", 1, 1);
        UnconfirmedBatch part = batches.begin("b", 2, 5);
        batches.endAfter(part, 2);
        UnconfirmedBatch next = batches.begin("c", 4, 1);

        batches.confirmed(4, false);
        batches.confirmed(3, false);

        assertConfirmed(next);
        assertOpen(part);
        assertOpen(open);
    }

    @Test
    void a_refusal_fails_the_batch_that_has_its_number() {
        UnconfirmedBatch open = batches.begin("a", 1, 1);
        UnconfirmedBatch refused = batches.begin("b", 2, 1);

        batches.refused(2, false);

        assertThatThrownBy(() -> refused.await(Duration.ZERO)).isInstanceOf(QueueRefusedException.class);
        assertOpen(open);
    }

    @Test
    void a_message_that_closes_the_channel_rejects_its_batch_where_that_is_alone() {
        UnconfirmedBatch answered = batches.begin("a", 1, 1);
        UnconfirmedBatch alone = batches.begin("b", 2, 3);
        batches.confirmed(1, false);

        batches.lost(closed(AMQP.PRECONDITION_FAILED));

        assertConfirmed(answered);
        assertThatThrownBy(() -> alone.await(Duration.ZERO)).isInstanceOf(MessageRejectedException.class);
    }

    @Test
    void a_message_that_closes_the_channel_rejects_nothing_where_several_batches_may_have_it() {
        UnconfirmedBatch first = batches.begin("a", 1, 1);
        UnconfirmedBatch second = batches.begin("b", 2, 1);

        batches.lost(closed(AMQP.PRECONDITION_FAILED));

        assertThatThrownBy(() -> first.await(Duration.ZERO)).isInstanceOf(UnattributedRefusalException.class);
        assertThatThrownBy(() -> second.await(Duration.ZERO)).isInstanceOf(UnattributedRefusalException.class);
    }

    private static ShutdownSignalException closed(int code) {
        AMQP.Channel.Close reason = new AMQP.Channel.Close.Builder()
                .replyCode(code)
                .replyText("said by the broker")
                .build();
        return new ShutdownSignalException(false, false, reason, null);
    }

    private static void assertConfirmed(UnconfirmedBatch batch) {
        assertThatCode(() -> batch.await(Duration.ZERO)).doesNotThrowAnyException();
    }

    private static void assertOpen(UnconfirmedBatch batch) {
        assertThatThrownBy(() -> batch.await(Duration.ZERO)).isInstanceOf(TimeoutException.class);
    }
}

package io.orderflow.order.deadlines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.Lifecycle;

class PublishingProgressTest extends DeadlineFixture {

    @Autowired
    @Qualifier("relayLifecycle")
    private Lifecycle publishing;

    /** As if the broker were unavailable for longer than the deadline. */
    @Test
    void theTimeThatAnEventWaitsInTheOutboxDoesNotCount() {
        publishing.stop();
        String id;
        try {
            id = place();
            age(id, "40 minutes");
            addCheckpoint("30 min 1 s", "41 minutes");
            deadlines.check();
            assertThat(status(id)).as("its event has not been published").isEqualTo("PENDING");
        } finally {
            publishing.start();
        }
        await().until(() -> rows("messaging_outbox where topic = 'orders'") == 0);
        addCheckpoint("2 hours", "2 hours");
        deadlines.check();
        assertThat(status(id)).as("its event has just been published").isEqualTo("PENDING");

        timePasses("29 minutes");
        deadlines.check();
        assertThat(status(id)).as("there is a minute left").isEqualTo("PENDING");

        timePasses("2 minutes");
        deadlines.check();
        assertThat(status(id)).isEqualTo("CANCELLED");
    }

    @Test
    void nothingIsCancelledWithoutACheckpoint() {
        String id = place();
        age(id, "40 minutes");
        jdbc.sql("delete from announced").update();
        deadlines.check();
        assertThat(status(id)).isEqualTo("PENDING");
        api.cancel(id);
    }

    @Test
    void oldCheckpointsAreDeleted() {
        addCheckpoint("3 hours", "3 hours");
        jdbc.sql("insert into announced select now() - interval '2 hours', now() - interval '2 hours'")
                .update();
        IntStream.range(0, 5).forEach(i -> deadlines.check());
        assertThat(rows("announced"))
                .as("a new one, and the one that applies to the deadline")
                .isEqualTo(2);
    }

    private void timePasses(String time) {
        jdbc.sql("update announced set noted_at = noted_at - cast(? as interval)")
                .param(time)
                .update();
    }
}

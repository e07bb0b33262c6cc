package io.orderflow.order.deadlines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.Lifecycle;

class AnnouncedOrdersTest extends WaitingOrders {

    @Autowired
    @Qualifier("relayLifecycle")
    private Lifecycle publishing;

    /** The broker is unavailable for longer than the deadline, or the relay stands still. */
    @Test
    void theTimeThatAnOrdersEventWaitsInOurOwnOutboxDoesNotCount() {
        publishing.stop();
        String id;
        try {
            id = place();
            age(id, "40 minutes");
            noteAnnounced("30 min 1 s", "41 minutes");
            watch.look();
            assertThat(status(id)).as("nobody can have answered").isEqualTo("PENDING");
        } finally {
            publishing.start();
        }
        await().until(() -> rows("messaging_outbox where topic = 'orders'") == 0);
        noteAnnounced("2 hours", "2 hours");
        watch.look();
        assertThat(status(id)).as("it has been announced just now").isEqualTo("PENDING");

        timePasses("29 minutes");
        watch.look();
        assertThat(status(id)).as("there is a minute left for an answer").isEqualTo("PENDING");

        timePasses("2 minutes");
        watch.look();
        assertThat(status(id)).isEqualTo("CANCELLED");
    }

    @Test
    void nothingIsCancelledBeforeItIsKnownHowFarTheOutboxHadCome() {
        String id = place();
        age(id, "40 minutes");
        jdbc.sql("delete from announced").update();
        watch.look();
        assertThat(status(id)).isEqualTo("PENDING");
        api.cancel(id);
    }

    @Test
    void theNotesStayFew() {
        noteAnnounced("3 hours", "3 hours");
        jdbc.sql("insert into announced select now() - interval '2 hours', now() - interval '2 hours'")
                .update();
        IntStream.range(0, 5).forEach(i -> watch.look());
        assertThat(rows("announced"))
                .as("one of now, and the one that the deadline looks back to")
                .isEqualTo(2);
    }

    private void timePasses(String time) {
        jdbc.sql("update announced set noted_at = noted_at - cast(? as interval)")
                .param(time)
                .update();
    }
}

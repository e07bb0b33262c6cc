package io.orderflow.order.usecases;

import io.orderflow.order.domain.Announcements;
import io.orderflow.order.domain.EventBacklog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Knows for how long other services can have known of an order. Its event may have waited in our own outbox, while the
 * broker was unavailable say, and nobody answers what has not been sent. So it is noted again and again how far the outbox
 * has come: looking back, an order had been announced when a note says that it had come past it. What is noted survives a
 * restart, and is shared by all instances.
 */
@Service
class AnnouncedOrders {

    /** A transaction that places an order is over by then, and its event is in the outbox. */
    static final Duration LONGEST_PLACING = Duration.ofSeconds(1);

    private static final int NOTES_A_DURATION = 60;

    private final EventBacklog backlog;
    private final Announcements announcements;
    private final InstantSource clock;

    AnnouncedOrders(EventBacklog backlog, Announcements announcements, InstantSource clock) {
        this.backlog = backlog;
        this.announcements = announcements;
        this.clock = clock;
    }

    /**
     * Orders placed before the time that is answered have been known to others for that long, or longer; empty as long as
     * nothing was noted so long ago. To be asked again and again, for it notes how far the outbox has come now.
     */
    Optional<Instant> placedBeforeAndKnownFor(Duration duration) {
        Instant now = clock.instant();
        Instant until = now.minus(backlog.oldest()).minus(LONGEST_PLACING);
        announcements.note(now, until, duration.dividedBy(NOTES_A_DURATION));
        Instant then = now.minus(duration);
        announcements.forgetBefore(then);
        return announcements.until(then);
    }
}

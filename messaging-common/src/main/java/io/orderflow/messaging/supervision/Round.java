package io.orderflow.messaging.supervision;

import java.time.Duration;

/**
 * The result of one round of a loop.
 *
 * @param pause until the next round; a wake-up ends it early
 * @param conclusive whether the round proves that an earlier failure is over
 */
public record Round(Duration pause, boolean conclusive) {

    private static final Round NEXT = new Round(Duration.ZERO, true);

    /** It did some work; the next round begins at once. */
    public static Round next() {
        return NEXT;
    }

    /** It succeeded; the next round begins after a pause. */
    public static Round after(Duration pause) {
        return new Round(pause, true);
    }

    /** It found nothing to do, which does not prove that what failed before would succeed now. */
    public static Round idle(Duration pause) {
        return new Round(pause, false);
    }
}

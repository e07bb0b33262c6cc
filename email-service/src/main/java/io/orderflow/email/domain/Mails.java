package io.orderflow.email.domain;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The mails as they are kept, one an order and kind. Each call is a transaction of its own. */
public interface Mails {

    /**
     * Claims the sending of a letter for that long, by the database's clock. Empty if it was sent, if another holds the
     * claim, if it is overtaken, or while somebody is sending a letter that it overtakes: so none of those goes out after
     * it. A mail that failed can be claimed again.
     *
     * @return which attempt this is, from 1: it fences off a claim that has run out
     */
    OptionalInt claim(Letter letter, Duration lease);

    /** Makes a claim last that long from now, unless the letter is sent, or another holds the claim. */
    void renew(Letter letter, int attempt, Duration lease);

    /** Whether the letter was sent. */
    boolean isSent(Letter letter);

    /** Whether a letter that overtakes this one was sent, or has been claimed at least. */
    boolean isOvertaken(Letter letter);

    /** Notes that the letter was sent; that stays true even if the claim has run out meanwhile. */
    void sent(Letter letter);

    /** Gives a claim back, so that another attempt can follow. */
    void release(Letter letter, int attempt);

    /** Notes that the letter was refused for good. */
    void failed(Letter letter, int attempt, String why);

    /** Some of all mails, newest first, or only the order's. */
    List<Mail> list(@Nullable String orderId, int limit, long offset);

    long count(@Nullable String orderId);
}

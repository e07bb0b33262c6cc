package io.orderflow.order.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Notes of how far orders had been announced at which time: those placed before that were known to other services. */
public interface Announcements {

    /** Notes that at this time the orders placed before {@code until} were announced, unless that was noted so lately. */
    void note(Instant at, Instant until, Duration atMostEvery);

    /** How far orders were announced at that time, as the latest note before it says; empty if there is none. */
    Optional<Instant> until(Instant at);

    /** Forgets the notes that are older than the latest one before that time. */
    void forgetBefore(Instant time);
}

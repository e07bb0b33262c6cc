package io.orderflow.messaging.sequence;

/**
 * Stores which numbers of each key's events a group has handled, in the caller's transaction if there is one. Numbers may
 * arrive in any order and repeatedly. A gap is a number that has not been handled although a later one has.
 */
@FunctionalInterface
public interface Sequences {

    /** Records that an event was handled. */
    void handled(Place place);
}

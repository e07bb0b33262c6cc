package io.orderflow.messaging.sequence;

/**
 * Remembers which numbers of each key's events a group has handled, in the caller's transaction where there is one: the
 * memory is there if and only if the effect is. In whatever order and how often they come, a gap is what has not been
 * handled although a later one has; it closes when that is handled after all.
 */
public interface Sequences {

    /** Notes that an event was handled. */
    void handled(Place place);

    /**
     * Notes that an event was handled by a handler that wants the latest state only; what such a handler has not handled
     * and is earlier, is outdated from now on.
     */
    void handledAsLatest(Place place);

    /**
     * Whether an event is outdated. Within a transaction other events of the key wait for its end, so that the answer
     * stays true until then.
     */
    boolean isOutdated(Place place);
}

package io.orderflow.messaging.policy;

/**
 * Why a subscription handles no messages. They stay with the broker, and its members stay in their group.
 *
 * @param description since when and by whom or what, for operators
 */
public record Pause(Reason reason, String description) {

    /** What ends a pause. */
    public enum Reason {
        /** An operator paused the subscription, and has to resume it. */
        OPERATOR,
        /** Messages of a type fail alike. One at a time is tried until one is handled. */
        OUTAGE
    }
}

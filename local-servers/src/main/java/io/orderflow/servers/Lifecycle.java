package io.orderflow.servers;

/** Starts and ends a server. After {@link #stop} or {@link #kill} it can be started again with its data. */
interface Lifecycle {

    void start();

    /** Shuts it down, and kills it if it does not end in time. */
    void stop();

    /** Kills it, like {@code kill -9}. */
    void kill();

    void freeze();

    void thaw();

    /** Ends it for good. */
    void discard();

    boolean isAlive();

    /** Runs the task when it ends without a call of this object. Only local processes support it. */
    default void onUnexpectedEnd(Runnable task) {}

    /** The end of its log. */
    String logTail();
}

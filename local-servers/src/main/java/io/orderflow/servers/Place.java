package io.orderflow.servers;

/** Where a server runs, and so how its life is commanded. Stopped or killed, it can be started again on its data. */
interface Place {

    void start();

    /** Ends it in good order, and by force if it does not go. */
    void stop();

    /** Ends it as {@code kill -9} does. */
    void kill();

    void freeze();

    void thaw();

    /** Ends it and forgets its data. */
    void discard();

    boolean isAlive();

    /** Runs the task when it ends without having been told to from here. Who cannot know that, never does. */
    default void onUnexpectedEnd(Runnable task) {}

    /** The end of its log. */
    String lastWords();
}

package io.orderflow.messaging.outbox;

import io.orderflow.messaging.MessageProducer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of one topic on their way to the broker: on the relay's thread, or beside it where that may take long. */
final class Sending {

    private final String topic;
    private final List<WaitingRow> rows;
    private final Fence fence;
    private final Publishing publishing;
    private @Nullable Throwable failure;
    private volatile boolean over;

    /** @param fence what was leased when the rows were read */
    Sending(MessageProducer<String, byte[]> producer, String topic, List<WaitingRow> rows, Fence fence) {
        this.topic = topic;
        this.rows = rows;
        this.fence = fence;
        this.publishing = new Publishing(producer);
    }

    /** Comes back when all is sent, or has failed. */
    void here() {
        try {
            publishing.send(topic, rows);
        } catch (Throwable e) {
            failure = e;
        } finally {
            over = true;
        }
    }

    /** Comes back at once. */
    void beside() {
        Thread thread = new Thread(this::here, "outbox-relay-" + topic);
        thread.setDaemon(true);
        thread.start();
    }

    boolean isOver() {
        return over;
    }

    String topic() {
        return topic;
    }

    Fence fence() {
        return fence;
    }

    /** What became of the rows; to be asked once it is over. */
    Publishing outcome() {
        return publishing;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }
}

package io.orderflow.benchmarks;

import io.orderflow.messaging.Message;
import java.util.List;

/**
 * A broker's own client, used by hand as its manual shows it: no library of ours between, the same settings, durability
 * and bytes on the wire.
 */
interface RawClient extends AutoCloseable {

    /** Sends all of the messages as fast as the client can. Returns once the broker has accepted them all. */
    void produce(String topic, List<Message<String, byte[]>> messages) throws Exception;

    /** Reads as a new member of the group and acknowledges what it has read, for as long as the reading wants more. */
    void consume(String topic, String group, Reading reading) throws Exception;

    /** Makes room: nobody needs the topic any more. */
    void drop(String topic, String group) throws Exception;

    @Override
    void close();
}

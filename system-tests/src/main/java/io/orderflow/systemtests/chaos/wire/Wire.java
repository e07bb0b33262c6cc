package io.orderflow.systemtests.chaos.wire;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A connection to the broker, to watch and to meddle with. For one thread; one that has failed is closed and replaced. */
public interface Wire extends AutoCloseable {

    /** The name under which this stranger is known to the broker, where it needs one. */
    String STRANGER = "chaos-observer";

    /**
     * Sees to it that nothing is missed that is sent to these topics from now on, and to those among them that do not
     * exist yet as soon as they do.
     */
    void watch(List<String> topics) throws IOException;

    /** What has come since, in the order of each topic; what was read before a failure may come again. */
    List<Sighting> look() throws IOException;

    /** Sends a message and returns when the broker has it. Names of headers are those of CloudEvents for Kafka. */
    void send(String topic, String key, Map<String, String> headers, byte[] body) throws IOException;

    /** Sends the same message once more. */
    void repeat(Sighting sighting) throws IOException;

    @Override
    void close();
}

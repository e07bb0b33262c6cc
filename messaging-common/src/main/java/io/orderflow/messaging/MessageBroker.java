package io.orderflow.messaging;

import java.time.Duration;

/**
 * A broker, as all of this library sees it: what an adapter implements. Safe for use by many threads.
 *
 * <p>A topic fans out to groups, and the members of a group share it ({@link Topic}). Creating an
 * instance, a producer or a consumer connects to nothing: a broker that is away shows at the first use, so that an
 * application can start before its broker does.
 */
public interface MessageBroker extends AutoCloseable {

    /** How this broker honestly differs from others. Constant. */
    BrokerTraits traits();

    /**
     * Makes sure that a topic and these groups of it exist, as durable as the broker allows. A group sees everything that
     * is sent after it was declared, whether or not a member of it is there; where the broker keeps what was sent before,
     * that too. Declaring again does nothing.
     *
     * @throws MessagingException if the broker is away, or has the topic with settings that cannot be reconciled
     */
    void declare(Topic topic, String... groups);

    /**
     * Checks that a group can start at this position of a topic, and declares nothing. An application calls it when it starts;
     * {@link MessageConsumer#subscribe} checks it again. A broker that keeps messages for new groups needs no check.
     *
     * @throws MissedMessagesException if the group is new, and the broker does not keep the messages it is to start with
     * @throws MessagingException if the broker is unavailable
     */
    default void requireStart(Topic topic, String group, StartPosition start) {}

    /** A producer of its own; the caller closes it. */
    MessageProducer<String, byte[]> producer();

    /** A new member of a group; the caller subscribes and closes it. */
    MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions options);

    /** The groups of topics, for those who operate the broker. */
    ConsumerGroups groups();

    /**
     * Asks the broker for a sign of life.
     *
     * @throws MessagingException if none came within the time-out; its message is fit for a health page
     */
    void ping(Duration timeout);

    /** Lets go of what is shared by producers and consumers; close these first. Closing twice does nothing. */
    @Override
    void close();
}

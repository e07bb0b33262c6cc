package io.orderflow.messaging;

import java.time.Duration;

/**
 * The interface to a broker, implemented by each adapter. Thread-safe.
 *
 * <p>Every group of a topic receives every message, and the members of a group share them ({@link Topic}). Creating a broker, a
 * producer or a consumer opens no connection, so that an application can start before its broker: the first use throws if the
 * broker is unavailable.
 */
public interface MessageBroker extends AutoCloseable {

    /** How this broker differs from others. Constant. */
    BrokerTraits traits();

    /**
     * Creates a topic and these groups of it unless they exist, as durable as the broker allows. A group receives every message
     * that is sent after it was declared, whether or not it has a member; where the broker keeps earlier messages, these too.
     *
     * @throws MessagingException if the broker is unavailable, or has the topic with settings that contradict these
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

    /** A new producer; the caller closes it. */
    MessageProducer<String, byte[]> producer();

    /** A new member of a group; the caller subscribes and closes it. */
    MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions options);

    /**
     * A new receiver of broadcasts; the caller subscribes it to broadcast topics alone, and closes it. It gets what is sent
     * after {@link MessageConsumer#subscribe} has returned and while it is connected, by {@link ConsumerOptions#address()}; nothing is kept for it, nothing comes
     * again, and {@link MessageConsumer#commit} does nothing. One that does not keep up may miss messages.
     *
     * @throws MessagingException if this broker carries no broadcasts
     */
    default MessageConsumer<String, byte[]> broadcastConsumer(ConsumerOptions options) {
        throw new MessagingException(
                traits().name() + " carries no broadcasts; choose another broker for the topics with"
                        + " messaging.topics.<name>.broadcast.",
                null);
    }

    /**
     * Opens what the broker keeps of a topic, also after every group has read it. The caller closes it.
     *
     * @param options how many messages are read at once
     * @throws NoHistoryException if the broker keeps no history, of this topic or at all
     * @throws IllegalArgumentException if the start is a position that is not one of this topic
     * @throws MessagingException if the broker is unavailable
     */
    default MessageHistory history(Topic topic, HistoryStart start, ConsumerOptions options) {
        throw new NoHistoryException(traits().name() + " keeps no message that every group has read, so topic '"
                + topic.name() + "' cannot be replayed. Choose another broker (messaging.broker).");
    }

    /** The groups of topics, for operators. */
    ConsumerGroups groups();

    /**
     * Checks that the broker answers.
     *
     * @throws MessagingException if it does not within the time-out; the message can be shown on a health page
     */
    void ping(Duration timeout);

    /** Releases what producers and consumers share; close these first. Closing twice does nothing. */
    @Override
    void close();
}

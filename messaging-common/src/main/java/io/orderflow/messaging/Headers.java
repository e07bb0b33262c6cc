package io.orderflow.messaging;

/**
 * The names of headers that mean something here.
 *
 * <p>The envelope is CloudEvents 1.0 in binary mode. Inside this library an attribute is named as in its Kafka binding,
 * {@code ce_id}; each adapter writes and reads it as its broker's own binding has it, so that other people's clients
 * understand our messages. See the CloudEvents specification, "Kafka Protocol Binding" 3.2 and "AMQP Protocol Binding"
 * 3.1.
 */
public final class Headers {

    /** What the names of all CloudEvents attributes begin with. */
    public static final String CLOUD_EVENTS_PREFIX = "ce_";

    /**
     * Unique among the messages of its {@link #SOURCE}, and never used for another one: it survives retry, redrive and a
     * change of broker. See {@link MessageId}.
     */
    public static final String ID = "ce_id";

    /** A logical, versioned name such as {@code order.created.v1}; never a class name. */
    public static final String TYPE = "ce_type";

    /** Who sent it. */
    public static final String SOURCE = "ce_source";

    /** When it happened, RFC 3339. */
    public static final String TIME = "ce_time";

    /**
     * Counts the events of a key, from 1 and without a gap; CloudEvents' extension attribute {@code sequence}, padded
     * with zeros so that it can be compared as text, as it has to be.
     */
    public static final String SEQUENCE = "ce_sequence";

    public static final String SPEC_VERSION = "ce_specversion";

    /** The payload's media type. */
    public static final String CONTENT_TYPE = "content-type";

    /** What RabbitMQ routes by, carried on the others: {@code order.created.express}. */
    public static final String ROUTING_KEY = "messaging-routing-key";

    /** How often handling has failed so far. Believed only on a retry topic, and clamped. */
    public static final String ATTEMPTS = "messaging-attempts";

    /** When handling failed first, ISO-8601. */
    public static final String FIRST_FAILURE = "messaging-first-failure";

    /** The topic a retried message or a dead letter was first read from. */
    public static final String ORIGIN_TOPIC = "messaging-origin-topic";

    /** The group whose handler failed. */
    public static final String ORIGIN_GROUP = "messaging-origin-group";

    /** Where the broker kept it when it failed last. */
    public static final String ORIGIN_POSITION = "messaging-origin-position";

    /** Why a message was dead-lettered, in a sentence. */
    public static final String DEAD_LETTER_REASON = "messaging-dead-letter-reason";

    /** The exception behind it: its type and message. */
    public static final String DEAD_LETTER_CAUSE = "messaging-dead-letter-cause";

    /** Where that arose: {@code class#method:line}, of the first frame that is the application's own. */
    public static final String DEAD_LETTER_PLACE = "messaging-dead-letter-place";

    /** When a message was dead-lettered, ISO-8601. */
    public static final String DEAD_LETTERED_AT = "messaging-dead-lettered-at";

    /** There on a message that carried no time: its timestamp is that of this delivery, and another at the next. */
    public static final String TIMED_ON_ARRIVAL = "messaging-timed-on-arrival";

    /** Names the redrive that sent a dead letter to its group again. */
    public static final String REDRIVE = "messaging-redrive";

    private Headers() {}
}

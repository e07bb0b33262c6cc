package io.orderflow.messaging.testkit;

import io.orderflow.messaging.MessageBroker;
import org.jspecify.annotations.Nullable;

/**
 * What every broker must keep. An adapter's test extends it and says only how to reach its broker:
 *
 * <pre>{@code
 * class AcmeConformanceTest extends BrokerConformance {
 *     private static final AcmeServer SERVER = AcmeServer.start();
 *
 *     protected MessageBroker connect() {
 *         return new AcmeBroker(SERVER.address());
 *     }
 *
 *     protected TestServer server() {
 *         return SERVER;
 *     }
 * }
 * }</pre>
 */
public abstract class BrokerConformance {

    /** A new connection to the broker, as one more process would have it. The suite closes it. */
    protected abstract MessageBroker connect();

    /** The server behind it where the test may kill it, or null: then scenarios with a crash are skipped. */
    protected @Nullable TestServer server() {
        return null;
    }
}

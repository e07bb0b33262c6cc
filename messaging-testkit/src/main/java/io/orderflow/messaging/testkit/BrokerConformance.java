package io.orderflow.messaging.testkit;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
import io.orderflow.servers.TestServer;
import io.orderflow.servers.proxy.TcpProxy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

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
 *
 * <p>The class needs a constructor without parameters. The suite closes all that it opens, and names its topics and groups
 * after the scenario, {@code conformance.<scenario>.<run>}, so that it can share a server with others. How brokers honestly
 * differ is data ({@link io.orderflow.messaging.BrokerTraits}); a scenario that does not apply is reported as skipped, with
 * the reason.
 *
 * <p>What passed where is written to {@code target/conformance/<broker>.tsv}.
 */
@ExtendWith(ConformanceReport.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class BrokerConformance
        implements DeliveryScenarios,
                RedeliveryScenarios,
                OrderScenarios,
                RoundTripScenarios,
                ProducerScenarios,
                PoisonScenarios,
                CrashScenarios,
                LoadScenarios,
                MembershipScenarios,
                GroupScenarios,
                NetworkScenarios,
                DeletionScenarios {

    private @Nullable Scenario scenario;

    /** A new connection to the broker, as one more process would have it. The suite closes it. */
    protected abstract MessageBroker connect();

    /**
     * The same through this network, as one more process behind it would have it; null if that cannot be had. The suite
     * closes it.
     */
    protected @Nullable MessageBroker connect(TcpProxy network) {
        return null;
    }

    /**
     * Deletes a topic on the broker with all that belongs to it and to this group, as a careless operator does.
     *
     * @throws UnsupportedOperationException if there is no such thing: then scenarios with a deletion are skipped
     */
    protected void delete(Topic topic, String group) {
        throw new UnsupportedOperationException("a topic of this broker cannot be deleted behind its back");
    }

    /** The server behind it where the test may kill it, or null: then scenarios with a crash are skipped. */
    protected @Nullable TestServer server() {
        return null;
    }

    /** How long what must come is waited for: long, for slow machines; a passing run never waits so long. */
    protected Duration patience() {
        return Duration.ofSeconds(60);
    }

    @BeforeEach
    final void open(TestInfo test) {
        scenario = new Scenario(test.getTestMethod().orElseThrow().getName(), this);
    }

    @AfterEach
    final void close() {
        scenario().close();
    }

    @Override
    public final Scenario scenario() {
        if (scenario == null) {
            throw new IllegalStateException("There is a scenario only while a test runs.");
        }
        return scenario;
    }
}

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
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/**
 * The guarantees of every broker. An adapter's test extends it and only says how to reach its broker:
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
 * after the scenario, {@code conformance.<scenario>.<run>}, so that it can share a server with others. How brokers
 * differ is data ({@link io.orderflow.messaging.BrokerTraits}); a scenario that does not apply is reported as skipped, with
 * the reason.
 *
 * <p>Scenarios wait most of their time. They run concurrently where {@code junit.jupiter.execution.parallel.enabled} is
 * set; those that kill the server then run alone.
 *
 * <p>The results are written to {@code target/conformance/<broker>.tsv}.
 */
@ExtendWith(ConformanceReport.class)
@TestMethodOrder(ScenarioOrder.class)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = BrokerConformance.SERVER, mode = ResourceAccessMode.READ, target = ResourceLockTarget.CHILDREN)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class BrokerConformance
        implements DeliveryScenarios,
                RedeliveryScenarios,
                OrderScenarios,
                RoundTripScenarios,
                ProducerScenarios,
                PoisonScenarios,
                ExpiryScenarios,
                ClaimCheckScenarios,
                PriorityScenarios,
                CrashScenarios,
                LoadScenarios,
                MembershipScenarios,
                GroupScenarios,
                NetworkScenarios,
                WorkQueueScenarios,
                RoutingScenarios,
                BroadcastScenarios,
                RequestScenarios,
                ReplayScenarios,
                DeletionScenarios {

    /** Locked by scenarios that kill the server; all others share it. */
    static final String SERVER = "orderflow.conformance.server";

    /** Locked by scenarios that interrupt the network: a server may have only one proxy at a time. */
    static final String NETWORK = "orderflow.conformance.network";

    private @Nullable Scenario scenario;

    /** A new connection to the broker, as one more process would have it. The suite closes it. */
    protected abstract MessageBroker connect();

    /**
     * The same through this network; null if that is not possible. The suite closes it.
     */
    protected @Nullable MessageBroker connect(TcpProxy network) {
        return null;
    }

    /**
     * Deletes a topic with all that belongs to it and to this group, as an operator may.
     *
     * @throws UnsupportedOperationException if that is not possible; then scenarios with a deletion are skipped
     */
    protected void delete(Topic topic, String group) {
        throw new UnsupportedOperationException("a topic of this broker cannot be deleted by another client");
    }

    /** The server, if the suite may kill it; null: scenarios with a crash are skipped. */
    protected @Nullable TestServer server() {
        return null;
    }

    /** How long expected messages are waited for; long enough for slow machines. */
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

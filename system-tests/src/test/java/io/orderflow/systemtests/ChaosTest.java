package io.orderflow.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.localstack.Broker;
import io.orderflow.systemtests.chaos.ChaosRun;
import io.orderflow.systemtests.chaos.Fault;
import io.orderflow.systemtests.chaos.Scenario;
import io.orderflow.systemtests.chaos.checking.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A short run of {@code ./orderflow chaos}: one broker, one seed, some of the faults. */
@Tag("jars")
class ChaosTest {

    private static final long SEED = 1;
    private static final int ORDERS = 150;
    private static final List<Fault> FAULTS =
            List.of(Fault.KILL_INVENTORY, Fault.KILL_BROKER, Fault.KILL_DATABASE, Fault.FREEZE_ORDER, Fault.STOP_MAIL);

    @Test
    void all_invariants_hold() throws Exception {
        Path folder = Path.of("target", "chaos").toAbsolutePath();
        Scenario scenario = new Scenario(Broker.REDIS, SEED, ORDERS, FAULTS, null, Path.of(".."), folder);

        assertThat(new ChaosRun(scenario, System.out).run()).allMatch(Verdict::held);
    }
}

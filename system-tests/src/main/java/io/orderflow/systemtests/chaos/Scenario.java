package io.orderflow.systemtests.chaos;

import io.orderflow.localstack.Broker;
import io.orderflow.systemtests.chaos.checking.Verdict;
import io.orderflow.systemtests.faults.AgentJar;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run.
 *
 * @param breakage a defect that the fault agent puts into the services, which the invariants have to detect; null for none
 * @param project the root of the repository with the built jars
 * @param folder for data and logs; it is emptied before the run
 */
public record Scenario(
        Broker broker,
        long seed,
        int orders,
        List<Fault> faults,
        @Nullable String breakage,
        Path project,
        Path folder) {

    static final List<Fault> ALL_FAULTS = List.of(Fault.values());

    /** @throws IllegalArgumentException if there is no such breakage */
    public Scenario {
        faults = List.copyOf(faults);
        if (breakage != null) {
            AgentJar.argument("broken:" + breakage);
        }
    }

    /** The command that runs the same scenario. */
    String command() {
        String some =
                faults.isEmpty() ? "none" : faults.stream().map(Fault::toString).collect(Collectors.joining(","));
        return "./orderflow chaos --broker " + broker + " --seed " + seed + " --orders " + orders
                + (faults.containsAll(ALL_FAULTS) ? "" : " --faults " + some)
                + (breakage == null ? "" : " --broken " + breakage);
    }

    /** The environment variables that put the breakage into the services. */
    Map<String, String> settings() {
        return breakage == null ? Map.of() : Map.of("JAVA_TOOL_OPTIONS", AgentJar.argument("broken:" + breakage));
    }

    /** Whether all invariants held or, with a breakage, one did not. */
    boolean hasExpected(List<Verdict> verdicts) {
        return verdicts.stream().allMatch(Verdict::held) == (breakage == null);
    }
}

package io.orderflow.systemtests.chaos;

import io.orderflow.localstack.Broker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One run.
 *
 * @param build the services as they were built, or broken on purpose
 * @param project the root of the repository, with the built jars in it
 * @param folder where data and logs go; it is emptied before, and deleted after a run in which all held
 *     unless it is to be kept
 */
public record Scenario(
        Broker broker, long seed, int orders, List<Fault> faults, Build build, Path project, Path folder) {

    public Scenario {
        faults = List.copyOf(faults);
    }

    /** One of the services as they were built. */
    public Scenario(Broker broker, long seed, int orders, List<Fault> faults, Path project, Path folder) {
        this(broker, seed, orders, faults, Build.SOUND, project, folder);
    }

    /** How to do the same again. */
    String command() {
        boolean all = faults.size() == Fault.values().length;
        String some = String.join(",", faults.stream().map(Fault::toString).toList());
        return "./orderflow chaos --broker " + broker + " --seed " + seed + " --orders " + orders
                + (all ? "" : " --faults " + (some.isEmpty() ? "none" : some))
                + (build.broken() == null ? "" : " --broken " + build.broken());
    }

    static List<Fault> allFaults() {
        return Arrays.asList(Fault.values());
    }
}

package io.orderflow.systemtests.faults;

import java.util.List;

/**
 * A defect that is put into the code, to check that tests detect it.
 *
 * @param name the agent's argument is {@code broken:<name>}
 * @param what the effect, for the documentation
 * @param replacements the replaced methods
 * @param module the module whose tests have to detect it
 * @param tests the tests, in the syntax of {@code -Dtest}
 */
record Breakage(String name, String what, List<Replacement> replacements, String module, String tests) {

    static Breakage of(String name, String what, String module, String tests, Replacement... replacements) {
        return new Breakage(name, what, List.of(replacements), module, tests);
    }
}

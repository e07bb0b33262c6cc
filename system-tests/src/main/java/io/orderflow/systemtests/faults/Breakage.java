package io.orderflow.systemtests.faults;

import java.util.List;

/**
 * One way in which the system is broken on purpose, to see who notices.
 *
 * @param name as it is switched on: {@code broken:<name>}
 * @param what is done, in words
 * @param replacements the methods that behave otherwise then
 * @param module whose tests should notice
 * @param tests as Maven selects them
 */
record Breakage(String name, String what, List<Replacement> replacements, String module, String tests) {

    static Breakage of(String name, String what, String module, String tests, Replacement... replacements) {
        return new Breakage(name, what, List.of(replacements), module, tests);
    }
}

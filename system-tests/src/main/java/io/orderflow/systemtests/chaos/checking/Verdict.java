package io.orderflow.systemtests.chaos.checking;

import java.util.List;

/**
 * Whether an invariant held.
 *
 * @param broken what breaks it: ids, each with a few words; empty if it held
 */
public record Verdict(String invariant, List<String> broken) {

    public boolean held() {
        return broken.isEmpty();
    }
}

package io.orderflow.systemtests.chaos.checking;

import java.util.List;

/**
 * The result of checking an invariant.
 *
 * @param broken the violations; empty if it held
 */
public record Verdict(String invariant, List<String> broken) {

    public boolean held() {
        return broken.isEmpty();
    }
}

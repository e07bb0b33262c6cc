package io.orderflow.systemtests.chaos;

import java.util.Set;

/** What faults are done to, and undone. For one thread. */
interface Breakable {

    /** What must be whole before this fault strikes, and is not until it has been undone. */
    Set<String> targets(Strike strike);

    void strike(Strike strike);

    void undo(Strike strike);

    /** Whether these targets are well again after they were undone. */
    boolean areUp(Set<String> targets);
}

/** The invariants: pure functions of what was observed of a run from outside. */
@NullMarked
package io.orderflow.systemtests.chaos.checking;

import org.jspecify.annotations.NullMarked;

/** {@code ./orderflow chaos}: injects faults into the running system by a plan, and checks invariants from outside. */
@NullMarked
package io.orderflow.systemtests.chaos;

import org.jspecify.annotations.NullMarked;

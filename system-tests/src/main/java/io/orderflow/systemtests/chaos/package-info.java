/** {@code ./orderflow chaos}: a plan drawn from a seed, a system that is broken by it, and a judge who stands outside. */
@NullMarked
package io.orderflow.systemtests.chaos;

import org.jspecify.annotations.NullMarked;

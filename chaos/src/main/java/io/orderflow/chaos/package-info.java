/** {@code ./orderflow chaos}: a plan drawn from a seed, a system that is broken by it, and a judge who stands outside. */
@NullMarked
package io.orderflow.chaos;

import org.jspecify.annotations.NullMarked;

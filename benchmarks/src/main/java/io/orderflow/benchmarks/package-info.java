/** Ours beside the raw client, in one run. */
@NullMarked
package io.orderflow.benchmarks;

import org.jspecify.annotations.NullMarked;

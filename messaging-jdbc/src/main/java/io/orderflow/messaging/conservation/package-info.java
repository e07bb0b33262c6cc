/** Compares what was published with what became of it in each consumer group. */
@NullMarked
package io.orderflow.messaging.conservation;

import org.jspecify.annotations.NullMarked;

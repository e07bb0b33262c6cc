/** A Kafka Streams topology that counts orders: the same rules and results as the plain subscription of handling. */
@NullMarked
package io.orderflow.analytics.streams;

import org.jspecify.annotations.NullMarked;

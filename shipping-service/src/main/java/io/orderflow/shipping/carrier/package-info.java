/** A simulated carrier with a configurable delay and failure rate. */
@NullMarked
package io.orderflow.shipping.carrier;

import org.jspecify.annotations.NullMarked;

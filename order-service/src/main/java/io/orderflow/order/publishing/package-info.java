/** The events that this service publishes. */
@NullMarked
package io.orderflow.order.publishing;

import org.jspecify.annotations.NullMarked;

/** The subscriptions of this service. */
@NullMarked
package io.orderflow.order.handling;

import org.jspecify.annotations.NullMarked;

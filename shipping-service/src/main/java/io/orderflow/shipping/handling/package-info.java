/** The subscriptions of this service, to events and to tasks. */
@NullMarked
package io.orderflow.shipping.handling;

import org.jspecify.annotations.NullMarked;

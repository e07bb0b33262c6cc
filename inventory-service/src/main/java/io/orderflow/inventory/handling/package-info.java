/** The subscriptions of this service. */
@NullMarked
package io.orderflow.inventory.handling;

import org.jspecify.annotations.NullMarked;

/** The rules of stock and reservations, and the ports to store them and to publish events. No broker, no Spring. */
@NullMarked
package io.orderflow.inventory.domain;

import org.jspecify.annotations.NullMarked;

/** Stock and reservations: what may happen to them, and the ports to keep and announce them. No broker, no Spring. */
@NullMarked
package io.orderflow.inventory.domain;

import org.jspecify.annotations.NullMarked;

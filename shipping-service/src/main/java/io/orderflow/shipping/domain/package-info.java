/** The rules of shipments, and the ports to store them, to publish events and to book a carrier. No broker, no Spring. */
@NullMarked
package io.orderflow.shipping.domain;

import org.jspecify.annotations.NullMarked;

/** Shipments: what may happen to them, and the ports to keep, announce and carry them. No broker, no Spring. */
@NullMarked
package io.orderflow.shipping.domain;

import org.jspecify.annotations.NullMarked;

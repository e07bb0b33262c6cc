/** One shipment an order, and a carrier who takes it. */
@NullMarked
package io.orderflow.shipping;

import org.jspecify.annotations.NullMarked;

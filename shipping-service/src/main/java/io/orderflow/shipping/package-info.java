/** Plans one shipment per order, and books a carrier for it. */
@NullMarked
package io.orderflow.shipping;

import org.jspecify.annotations.NullMarked;

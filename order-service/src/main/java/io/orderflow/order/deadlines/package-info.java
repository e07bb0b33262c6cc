/** The deadlines of orders that wait for another service. */
@NullMarked
package io.orderflow.order.deadlines;

import org.jspecify.annotations.NullMarked;

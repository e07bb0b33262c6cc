/** What becomes of orders that wait too long. */
@NullMarked
package io.orderflow.order.deadlines;

import org.jspecify.annotations.NullMarked;

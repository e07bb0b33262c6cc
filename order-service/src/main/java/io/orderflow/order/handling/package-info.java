/** What other services tell that concerns orders. */
@NullMarked
package io.orderflow.order.handling;

import org.jspecify.annotations.NullMarked;

/** Places orders, and updates them by the events of the other services. */
@NullMarked
package io.orderflow.order;

import org.jspecify.annotations.NullMarked;

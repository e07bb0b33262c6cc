/** Takes orders and follows each one to its end. */
@NullMarked
package io.orderflow.order;

import org.jspecify.annotations.NullMarked;

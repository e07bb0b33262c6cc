/** The pages about orders. */
@NullMarked
package io.orderflow.console.orders;

import org.jspecify.annotations.NullMarked;

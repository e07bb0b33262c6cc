/** The stock of each article, and the reservations of orders. */
@NullMarked
package io.orderflow.inventory;

import org.jspecify.annotations.NullMarked;

/** Reserves, releases and ships stock, each in a transaction. */
@NullMarked
package io.orderflow.inventory.usecases;

import org.jspecify.annotations.NullMarked;

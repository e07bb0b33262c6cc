/** Plan, book and withdraw a shipment. */
@NullMarked
package io.orderflow.shipping.usecases;

import org.jspecify.annotations.NullMarked;

/** The use cases, each in one transaction per order. */
@NullMarked
package io.orderflow.order.usecases;

import org.jspecify.annotations.NullMarked;

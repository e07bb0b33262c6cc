/** What can be done with orders, each in one transaction. */
@NullMarked
package io.orderflow.order.usecases;

import org.jspecify.annotations.NullMarked;

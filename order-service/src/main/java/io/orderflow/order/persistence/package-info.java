/** The repositories in PostgreSQL. */
@NullMarked
package io.orderflow.order.persistence;

import org.jspecify.annotations.NullMarked;

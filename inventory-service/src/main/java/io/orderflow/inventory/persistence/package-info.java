/** Stock and reservations in PostgreSQL. */
@NullMarked
package io.orderflow.inventory.persistence;

import org.jspecify.annotations.NullMarked;

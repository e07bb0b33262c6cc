/** Shipments in PostgreSQL. */
@NullMarked
package io.orderflow.shipping.persistence;

import org.jspecify.annotations.NullMarked;

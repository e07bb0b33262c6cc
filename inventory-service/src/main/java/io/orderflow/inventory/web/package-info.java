/** The HTTP API: stock and reservations, read-only. */
@NullMarked
package io.orderflow.inventory.web;

import org.jspecify.annotations.NullMarked;

/** Reading stock and reservations over HTTP. */
@NullMarked
package io.orderflow.inventory.web;

import org.jspecify.annotations.NullMarked;

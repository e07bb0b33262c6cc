/** Whose events this service reads, and what it makes of them. */
@NullMarked
package io.orderflow.inventory.handling;

import org.jspecify.annotations.NullMarked;

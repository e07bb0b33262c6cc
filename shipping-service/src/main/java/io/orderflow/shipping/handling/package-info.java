/** Whose events and tasks this service reads, and what it makes of them. */
@NullMarked
package io.orderflow.shipping.handling;

import org.jspecify.annotations.NullMarked;

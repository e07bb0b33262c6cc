/** Whose events this service reads, and what it writes to customers about them. */
@NullMarked
package io.orderflow.email.handling;

import org.jspecify.annotations.NullMarked;

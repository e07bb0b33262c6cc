/** Notifies customers of their orders by e-mail. */
@NullMarked
package io.orderflow.email;

import org.jspecify.annotations.NullMarked;

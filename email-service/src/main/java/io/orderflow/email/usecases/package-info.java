/** Stores customers' addresses, and sends each e-mail once. */
@NullMarked
package io.orderflow.email.usecases;

import org.jspecify.annotations.NullMarked;

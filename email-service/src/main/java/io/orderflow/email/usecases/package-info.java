/** Store a customer's address, and send each e-mail once. */
@NullMarked
package io.orderflow.email.usecases;

import org.jspecify.annotations.NullMarked;

/** Remember a customer's address, and send a letter once. */
@NullMarked
package io.orderflow.email.usecases;

import org.jspecify.annotations.NullMarked;

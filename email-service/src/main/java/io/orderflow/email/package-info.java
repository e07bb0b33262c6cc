/** Tells customers by mail what becomes of their orders. */
@NullMarked
package io.orderflow.email;

import org.jspecify.annotations.NullMarked;

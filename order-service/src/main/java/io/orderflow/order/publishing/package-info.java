/** How what happened to orders is published. */
@NullMarked
package io.orderflow.order.publishing;

import org.jspecify.annotations.NullMarked;

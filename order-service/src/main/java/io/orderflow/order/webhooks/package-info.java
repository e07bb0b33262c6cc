/** The HTTP client that sends webhooks, to public addresses alone. */
@NullMarked
package io.orderflow.order.webhooks;

import org.jspecify.annotations.NullMarked;

/** The HTTP API: shipments, read-only. */
@NullMarked
package io.orderflow.shipping.web;

import org.jspecify.annotations.NullMarked;

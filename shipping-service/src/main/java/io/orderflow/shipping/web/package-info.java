/** Reading shipments over HTTP. */
@NullMarked
package io.orderflow.shipping.web;

import org.jspecify.annotations.NullMarked;

/** What an order is and what may become of it; knows no broker and no framework. */
@NullMarked
package io.orderflow.order.domain;

import org.jspecify.annotations.NullMarked;

/** The order, its transitions and the ports it needs. Depends on no framework. */
@NullMarked
package io.orderflow.order.domain;

import org.jspecify.annotations.NullMarked;

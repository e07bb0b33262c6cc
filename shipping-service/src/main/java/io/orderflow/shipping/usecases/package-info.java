/** Plans, books and withdraws shipments. */
@NullMarked
package io.orderflow.shipping.usecases;

import org.jspecify.annotations.NullMarked;

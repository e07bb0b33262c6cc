/** Keys whose order is kept over a retry: a failed message and those behind it wait in the database. */
@NullMarked
package io.orderflow.messaging.ordering;

import org.jspecify.annotations.NullMarked;

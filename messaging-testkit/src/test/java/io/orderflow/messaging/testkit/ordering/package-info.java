/** Order over retries, on a real database. */
@NullMarked
package io.orderflow.messaging.testkit.ordering;

import org.jspecify.annotations.NullMarked;

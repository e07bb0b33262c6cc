/** The requests of operators, as rows of the application's database. */
@NullMarked
package io.orderflow.messaging.audit;

import org.jspecify.annotations.NullMarked;

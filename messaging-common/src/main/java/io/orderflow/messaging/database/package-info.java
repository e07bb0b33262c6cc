/** What the library needs of its database before it may start: which one, its tables, its time-outs. */
@NullMarked
package io.orderflow.messaging.database;

import org.jspecify.annotations.NullMarked;

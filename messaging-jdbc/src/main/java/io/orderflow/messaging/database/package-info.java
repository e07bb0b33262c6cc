/** Checks and prepares the database before the library starts: its tables and its time-outs. */
@NullMarked
package io.orderflow.messaging.database;

import org.jspecify.annotations.NullMarked;

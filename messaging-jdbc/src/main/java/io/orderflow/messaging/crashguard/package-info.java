/** Protection against messages that end the process: they are found, tried alone and dead-lettered. Needs a database. */
@NullMarked
package io.orderflow.messaging.crashguard;

import org.jspecify.annotations.NullMarked;

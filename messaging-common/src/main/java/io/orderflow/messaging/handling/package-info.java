/** What is done with a message: a handler, and what can be put around one. */
@NullMarked
package io.orderflow.messaging.handling;

import org.jspecify.annotations.NullMarked;

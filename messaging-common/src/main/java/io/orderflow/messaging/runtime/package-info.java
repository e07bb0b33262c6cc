/** Running consumers: the one loop, its supervision, and the order in which policies are put around a handler. */
@NullMarked
package io.orderflow.messaging.runtime;

import org.jspecify.annotations.NullMarked;

/** Messages, and what a broker has to do with them: the whole interface an adapter implements. */
@NullMarked
package io.orderflow.messaging;

import org.jspecify.annotations.NullMarked;

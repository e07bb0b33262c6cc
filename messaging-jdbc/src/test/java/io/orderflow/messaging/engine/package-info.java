/** What is around a handler, on a real database: identity, lost connections, and what happens when the process ends. */
@NullMarked
package io.orderflow.messaging.engine;

import org.jspecify.annotations.NullMarked;

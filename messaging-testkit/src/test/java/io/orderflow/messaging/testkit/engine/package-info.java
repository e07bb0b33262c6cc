/** What is around a handler, on a real database: order over retries, and what happens when the process ends. */
@NullMarked
package io.orderflow.messaging.testkit.engine;

import org.jspecify.annotations.NullMarked;

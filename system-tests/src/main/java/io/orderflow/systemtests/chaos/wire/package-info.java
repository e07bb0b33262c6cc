/** The brokers as a stranger sees them: their own clients, without a line of the library that is tested. */
@NullMarked
package io.orderflow.systemtests.chaos.wire;

import org.jspecify.annotations.NullMarked;

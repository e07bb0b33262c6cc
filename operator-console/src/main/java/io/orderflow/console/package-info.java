/** Pages for operators over the operator API of all services. It has no state but the last samples of the metrics. */
@NullMarked
package io.orderflow.console;

import org.jspecify.annotations.NullMarked;

/** The whole system as processes on one machine: {@code ./orderflow up} and the commands of operators. */
@NullMarked
package io.orderflow.localstack;

import org.jspecify.annotations.NullMarked;

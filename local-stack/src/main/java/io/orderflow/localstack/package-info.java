/** The whole system as real processes on one machine, for people who try it and for the system tests. */
@NullMarked
package io.orderflow.localstack;

import org.jspecify.annotations.NullMarked;

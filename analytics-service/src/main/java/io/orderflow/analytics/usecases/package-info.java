/** Counting orders, recording results, and reading them. */
@NullMarked
package io.orderflow.analytics.usecases;

import org.jspecify.annotations.NullMarked;

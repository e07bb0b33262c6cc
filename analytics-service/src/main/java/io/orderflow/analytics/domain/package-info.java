/** What is counted, and how: the same for every way of processing. No broker, no Spring. */
@NullMarked
package io.orderflow.analytics.domain;

import org.jspecify.annotations.NullMarked;

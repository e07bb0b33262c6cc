/** The results in PostgreSQL. */
@NullMarked
package io.orderflow.analytics.persistence;

import org.jspecify.annotations.NullMarked;

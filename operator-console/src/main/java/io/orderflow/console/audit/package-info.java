/** What operators have changed. */
@NullMarked
package io.orderflow.console.audit;

import org.jspecify.annotations.NullMarked;

/** The overview: what each service does and what needs an operator. */
@NullMarked
package io.orderflow.console.overview;

import org.jspecify.annotations.NullMarked;

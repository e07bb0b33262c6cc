/** How much there is of what, and for which order it is reserved. */
@NullMarked
package io.orderflow.inventory;

import org.jspecify.annotations.NullMarked;

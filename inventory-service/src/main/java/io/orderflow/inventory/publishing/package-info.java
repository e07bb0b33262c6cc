/** How what happened to stock is published. */
@NullMarked
package io.orderflow.inventory.publishing;

import org.jspecify.annotations.NullMarked;

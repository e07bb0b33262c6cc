/** The page with topics and their groups. */
@NullMarked
package io.orderflow.console.topology;

import org.jspecify.annotations.NullMarked;

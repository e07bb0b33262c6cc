/** The pages about dead letters. */
@NullMarked
package io.orderflow.console.deadletters;

import org.jspecify.annotations.NullMarked;

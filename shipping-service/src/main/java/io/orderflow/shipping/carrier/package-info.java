/** A carrier that exists only here: as slow and as unreliable as it is told to be. */
@NullMarked
package io.orderflow.shipping.carrier;

import org.jspecify.annotations.NullMarked;

/** Events as JSON. */
@NullMarked
package io.orderflow.messaging.codec;

import org.jspecify.annotations.NullMarked;

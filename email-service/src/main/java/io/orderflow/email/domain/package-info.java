/** EmailTexts and those they are for, and the ports to keep and to send them. No broker, no Spring. */
@NullMarked
package io.orderflow.email.domain;

import org.jspecify.annotations.NullMarked;

/** E-mails and addresses, and the ports to store and to send them. No broker, no Spring. */
@NullMarked
package io.orderflow.email.domain;

import org.jspecify.annotations.NullMarked;

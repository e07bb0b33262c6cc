/** The subscriptions of this service, and the e-mails that follow from their events. */
@NullMarked
package io.orderflow.email.handling;

import org.jspecify.annotations.NullMarked;

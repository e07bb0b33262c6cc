/** The HTTP API: which e-mails were sent. */
@NullMarked
package io.orderflow.email.web;

import org.jspecify.annotations.NullMarked;

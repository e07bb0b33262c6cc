/** The HTTP API: the records of e-mails, read-only. */
@NullMarked
package io.orderflow.email.web;

import org.jspecify.annotations.NullMarked;

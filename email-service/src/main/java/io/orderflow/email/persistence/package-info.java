/** Addresses and the records of e-mails in PostgreSQL. */
@NullMarked
package io.orderflow.email.persistence;

import org.jspecify.annotations.NullMarked;

/** Reading over HTTP which mails were sent. */
@NullMarked
package io.orderflow.email.web;

import org.jspecify.annotations.NullMarked;

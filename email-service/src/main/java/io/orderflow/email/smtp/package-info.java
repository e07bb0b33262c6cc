/** E-mail over SMTP. */
@NullMarked
package io.orderflow.email.smtp;

import org.jspecify.annotations.NullMarked;

/** Who may send which requests: to the management port, and under the profile secured to the API. */
@NullMarked
package io.orderflow.service.security;

import org.jspecify.annotations.NullMarked;

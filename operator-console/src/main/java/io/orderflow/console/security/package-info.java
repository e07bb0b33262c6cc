/** Login, roles and the headers that restrict what a page may do. */
@NullMarked
package io.orderflow.console.security;

import org.jspecify.annotations.NullMarked;

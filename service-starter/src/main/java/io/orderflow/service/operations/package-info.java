/** Security of the management port, including the library's operator API. */
@NullMarked
package io.orderflow.service.operations;

import org.jspecify.annotations.NullMarked;

/** Auto-configuration and properties of what the library keeps in the application's database. */
@NullMarked
package io.orderflow.messaging.jdbc;

import org.jspecify.annotations.NullMarked;

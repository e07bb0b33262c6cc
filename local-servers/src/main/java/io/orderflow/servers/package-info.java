/** PostgreSQL, the brokers and mail: given in the environment, started in Docker or as local processes. */
@NullMarked
package io.orderflow.servers;

import org.jspecify.annotations.NullMarked;

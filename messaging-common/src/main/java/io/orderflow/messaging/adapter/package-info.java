/**
 * The code that several adapters share. Nothing outside an adapter uses this package.
 *
 * <ul>
 *   <li>{@link PartitionOwners}: which member of a group should own which partition, where the broker does not decide it
 *   <li>{@link PrefetchBuffer}: messages fetched from the broker and not yet polled, limited by bytes
 *   <li>{@link HeaderNames}: header names in the broker's CloudEvents binding, and back
 *   <li>{@link MessageTimes}: a message's time as a header, and the time of a message that another producer sent
 *   <li>{@link ConditionalOnBroker}: when an adapter is configured
 * </ul>
 *
 * <p>In the root package: {@link io.orderflow.messaging.BrokerLimits} checks sizes and names, {@link
 * io.orderflow.messaging.KeyPartition} maps a key to a partition.
 */
@NullMarked
package io.orderflow.messaging.adapter;

import org.jspecify.annotations.NullMarked;

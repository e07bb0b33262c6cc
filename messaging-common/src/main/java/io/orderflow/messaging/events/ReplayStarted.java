package io.orderflow.messaging.events;

import java.util.UUID;

/**
 * A replay begins. Published as an application event before its first message is handled, in a transaction in which listeners can
 * delete what an earlier replay has left. If a listener throws, it is published again later.
 *
 * @param id of the replay
 * @param topic that is read again
 * @param group of the subscription that is replayed
 */
public record ReplayStarted(UUID id, String topic, String group) {}

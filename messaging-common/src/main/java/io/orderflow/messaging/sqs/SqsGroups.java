package io.orderflow.messaging.sqs;

import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.GroupBacklog;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Finds the groups that are named: a group's name cannot be read from that of its queue, which may be a hash. */
record SqsGroups(AwsClients aws, SqsTopology topology) implements ConsumerGroups {

    @Override
    public List<GroupBacklog> of(Topic topic, Collection<String> names) {
        return names.stream()
                .flatMap(group -> topology.queue(topic, group).stream().map(url -> backlog(group, url)))
                .toList();
    }

    private GroupBacklog backlog(String group, String queueUrl) {
        var attributes = topology.attributes(queueUrl);
        long visible = Long.parseLong(attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
        long inFlight = Long.parseLong(attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
        return new GroupBacklog(group, visible + inFlight, inFlight > 0);
    }

    @Override
    public void remove(Topic topic, String group) {
        topology.queue(topic, group).ifPresent(url -> {
            if (backlog(group, url).hasMembers()) {
                throw new MessagingException(
                        "Group '" + group + "' of topic '" + topic.name() + "' has members and was not removed.", null);
            }
            String queueArn = topology.attributes(url).get(QueueAttributeName.QUEUE_ARN);
            String topicArn = topology.declare(topic);
            AwsClients.call("Removing group " + group + " of topic " + topic.name(), () -> {
                aws.sns().listSubscriptionsByTopicPaginator(list -> list.topicArn(topicArn)).subscriptions().stream()
                        .filter(each -> each.endpoint().equals(queueArn))
                        .forEach(each -> aws.sns().unsubscribe(one -> one.subscriptionArn(each.subscriptionArn())));
                return aws.sqs().deleteQueue(delete -> delete.queueUrl(url));
            });
        });
    }
}

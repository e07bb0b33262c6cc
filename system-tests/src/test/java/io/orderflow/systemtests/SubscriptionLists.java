package io.orderflow.systemtests;

/** The middlewares of each subscription of each running service. */
final class SubscriptionLists {

    private SubscriptionLists() {}

    static String ofAllServices() {
        StringBuilder lists = new StringBuilder("\n");
        for (ServiceDescription service : ServiceDescription.all()) {
            lists.append("    ").append(service.name()).append("\n");
            service.subscriptions().forEach(list -> lists.append(list.indent(6)));
        }
        return lists.append("\n").toString();
    }
}

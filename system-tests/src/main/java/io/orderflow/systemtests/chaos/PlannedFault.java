package io.orderflow.systemtests.chaos;

/**
 * A fault of a plan.
 *
 * @param afterAccepted the number of accepted orders at which it begins
 * @param duringRequests the number of further requests, answered or not, after which it ends
 * @param instance the process that it affects, from 0; modulo the number of processes
 */
record PlannedFault(Fault fault, int afterAccepted, int duringRequests, int instance) {}

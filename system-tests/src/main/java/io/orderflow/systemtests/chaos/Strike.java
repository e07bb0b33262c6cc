package io.orderflow.systemtests.chaos;

/**
 * A fault by plan.
 *
 * @param afterAccepted strikes when so many orders were accepted
 * @param duringRequests ends when so many requests more were made, answered or not
 * @param instance which process it hits, from 0; modulo as many as there are
 */
record Strike(Fault fault, int afterAccepted, int duringRequests, int instance) {}

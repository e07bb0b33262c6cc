package io.orderflow.messaging.operations;

import io.orderflow.messaging.deadletters.DeadLetter;
import io.orderflow.messaging.deadletters.SimilarDeadLetters;
import java.util.List;

/**
 * A page of the dead letters that match a filter.
 *
 * @param items by last failure, newest first
 * @param total how many match
 * @param fingerprints all that match, counted by failure
 */
record DeadLetterPage(List<DeadLetter> items, int page, int size, long total, List<SimilarDeadLetters> fingerprints) {}

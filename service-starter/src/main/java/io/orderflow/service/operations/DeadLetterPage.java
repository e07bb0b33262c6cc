package io.orderflow.service.operations;

import io.orderflow.messaging.deadletters.DeadLetter;
import io.orderflow.messaging.deadletters.SimilarDeadLetters;
import java.util.List;

/**
 * A part of the dead letters that fit.
 *
 * @param items the last to fail first
 * @param total how many fit
 * @param fingerprints all that fit, counted by what failed
 */
record DeadLetterPage(List<DeadLetter> items, int page, int size, long total, List<SimilarDeadLetters> fingerprints) {}

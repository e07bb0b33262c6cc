package io.orderflow.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The cursors of a list: the key of the last item of a page, encoded so that clients pass it on and do not construct it. A page that begins
 * with a cursor is unaffected by items that were added before it, and costs as much as the first.
 *
 * @param list its name, by which a cursor of another list is rejected
 * @param parser reads a key from its {@code toString()}; throws a {@code RuntimeException} if the text is none
 */
public record Cursors<K>(String list, Function<String, K> parser) {

    /** The key of the last item of the page before; null for the first page. A text that is no cursor of this list is a 400. */
    public @Nullable K after(Paging paging) {
        String cursor = paging.cursor();
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
            if (text.startsWith(prefix())) {
                return parser.apply(text.substring(prefix().length()));
            }
        } catch (RuntimeException e) {
            // answered below: clients need not know why
        }
        throw Problem.invalid("cursor", "is not a cursor that this list has returned");
    }

    /** @param found {@link Paging#limit()} items, or fewer if there are no more */
    public <T> Page<T> page(List<T> found, Paging paging, Function<? super T, K> key) {
        if (found.size() < paging.limit()) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, found.size() - 1);
        String text = prefix() + key.apply(items.get(items.size() - 1));
        return new Page<>(items, Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8)));
    }

    private String prefix() {
        return list + " ";
    }
}

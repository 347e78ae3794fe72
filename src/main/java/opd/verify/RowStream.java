package opd.verify;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Rows in the order of their chains, read alongside the log, which is in the same order.
final class RowStream<R extends Rows> {
  private final Iterator<R> rows;
  private @Nullable R next;

  RowStream(Iterator<R> rows) {
    this.rows = rows;
    advance();
  }

  /// The rows of the chain. Those of chains before it, which no entry belongs to, go to the
  /// consumer.
  List<R> of(String chain, Consumer<? super R> withoutEntries) {
    List<R> found = new ArrayList<>();
    while (next != null && next.chain().compareTo(chain) <= 0) {
      if (next.chain().equals(chain)) {
        found.add(next);
      } else {
        withoutEntries.accept(next);
      }
      advance();
    }
    return found;
  }

  void rest(Consumer<? super R> withoutEntries) {
    while (next != null) {
      withoutEntries.accept(next);
      advance();
    }
  }

  private void advance() {
    next = rows.hasNext() ? rows.next() : null;
  }
}

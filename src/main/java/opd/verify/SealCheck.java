package opd.verify;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Checks that the log still contains what was sealed: for each chain the entry that was its last
/// one then, with its hash. That nothing before it was changed is shown by the chain itself.
public final class SealCheck implements AutoCloseable {
  private final @Nullable SealFile file;
  private final Optional<String> only;
  private final Consumer<Difference> consumer;
  private Seal.@Nullable Head next;

  private SealCheck(@Nullable SealFile file, Optional<String> only, Consumer<Difference> consumer) {
    this.file = file;
    this.only = only;
    this.consumer = consumer;
    advance();
  }

  /// @param file empty for no check at all
  /// @param slotId the slot whose chain alone is read, or empty
  public static SealCheck of(
      Optional<Path> file, Optional<Long> slotId, Consumer<Difference> consumer) {
    return new SealCheck(
        file.map(SealFile::open).orElse(null), slotId.map(id -> "slot/" + id), consumer);
  }

  /// Takes the entries ordered by chain and number.
  public void accept(LoggedEntry entry) {
    while (next != null && isBefore(next, entry)) {
      missing(next);
      advance();
    }
    if (next != null && next.chain().equals(entry.chain()) && next.number() == entry.number()) {
      if (!next.hash().equals(entry.hash())) {
        consumer.accept(Difference.in(entry, "sealed hash", next.hash(), entry.hash()));
      }
      advance();
    }
  }

  private static boolean isBefore(Seal.Head head, LoggedEntry entry) {
    int byChain = head.chain().compareTo(entry.chain());
    return byChain < 0 || (byChain == 0 && head.number() < entry.number());
  }

  /// To be called after the last entry.
  public void end() {
    while (next != null) {
      missing(next);
      advance();
    }
  }

  private void missing(Seal.Head head) {
    consumer.accept(
        Difference.missing(head.chain(), head.number(), "sealed with hash " + head.hash()));
  }

  private void advance() {
    next = file == null ? null : file.next();
    while (file != null && next != null && only.isPresent() && !next.chain().equals(only.get())) {
      next = file.next();
    }
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}

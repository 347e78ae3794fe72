package opd.replay;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import opd.audit.AuditEvent;
import opd.audit.FactsJson;
import opd.audit.FactsReader;
import org.jspecify.annotations.Nullable;

/// Checks one chain, entry by entry: that none is missing, that each follows the one before, that
/// its hash is right, and that it says what the replay gives.
///
/// Where an entry is missing or cannot be true, the replay of this chain ends, since everything
/// after it would seem to differ; numbers and hashes are checked to the end.
final class ChainCheck {
  /// What the tables say where the replay does not know: only to compute hashes.
  ///
  /// @param slotLabel null when there is no such slot
  /// @param sequences by token id
  record Fallback(@Nullable String slotLabel, Map<Long, Integer> sequences) {}

  private final String chain;
  private final ChainReplay replay;
  private final Fallback fallback;
  private final Consumer<Difference> consumer;
  private final OutcomeCheck outcomes;
  private @Nullable LoggedEntry last;
  private boolean isBroken;

  ChainCheck(String chain, ChainReplay replay, Fallback fallback, Consumer<Difference> consumer) {
    this.chain = chain;
    this.replay = replay;
    this.fallback = fallback;
    this.consumer = consumer;
    this.outcomes = new OutcomeCheck(consumer);
  }

  String chain() {
    return chain;
  }

  ChainReplay replay() {
    return replay;
  }

  /// Whether the replay could not go on to the end.
  boolean isBroken() {
    return isBroken;
  }

  Optional<LoggedEntry> last() {
    return Optional.ofNullable(last);
  }

  /// @return whether the entry was decided again
  boolean accept(LoggedEntry entry) {
    checkLink(entry);
    boolean isReplayed = !isBroken && replay(entry);
    checkHash(entry);
    last = entry;
    return isReplayed;
  }

  private void checkLink(LoggedEntry entry) {
    long expected = last == null ? 1 : last.number() + 1;
    if (entry.number() != expected) {
      isBroken = true;
      consumer.accept(
          Difference.missing(chain, expected, "an entry before number " + entry.number()));
      return;
    }
    check(entry, "chain", entry.subject(), chain);
    check(entry, "previous_hash", last == null ? null : last.hash(), entry.previous());
    if (last != null && entry.at().isBefore(last.at())) {
      consumer.accept(
          Difference.in(
              entry, "at", "not before that of the entry before, " + last.at(), entry.at()));
    }
  }

  private boolean replay(LoggedEntry entry) {
    Optional<AuditEvent> event = FactsReader.read(entry.kind(), entry.rule(), entry.facts());
    if (event.isEmpty()) {
      isBroken = true;
      consumer.accept(Difference.in(entry, "facts", "the facts of " + entry.kind(), entry.facts()));
      return false;
    }
    try {
      compare(entry, replay.step(entry, event.get()));
      return true;
    } catch (CannotReplay e) {
      isBroken = true;
      consumer.accept(e.in(entry));
      return false;
    }
  }

  private void compare(LoggedEntry entry, Replayed replayed) {
    String facts = FactsJson.text(replayed.event());
    if (!facts.equals(entry.facts())) {
      JsonDifferences.between(
          "facts",
          facts,
          entry.facts(),
          (field, expected, found) ->
              consumer.accept(Difference.in(entry, field, expected, found)));
    }
    check(entry, "rule", replayed.rule(), entry.rule());
    check(entry, "token_version", replayed.tokenVersion(), entry.tokenVersion());
    outcomes.check(entry, replayed.outcome());
  }

  private void checkHash(LoggedEntry entry) {
    String label = replay.slotLabel() == null ? fallback.slotLabel() : replay.slotLabel();
    check(entry, "hash", entry.computedHash(label, sequence(entry.tokenId())), entry.hash());
  }

  private @Nullable Integer sequence(@Nullable Long tokenId) {
    if (tokenId == null) {
      return null;
    }
    Integer replayed = replay.sequence(tokenId);
    return replayed == null ? fallback.sequences().get(tokenId) : replayed;
  }

  private void check(
      LoggedEntry entry, String field, @Nullable Object expected, @Nullable Object found) {
    if (!Objects.equals(expected, found)) {
      consumer.accept(Difference.in(entry, field, expected, found));
    }
  }
}

package opd.verify;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import opd.decision.AuditEvent;
import opd.record.FactsJson;
import opd.record.FactsReader;
import org.jspecify.annotations.Nullable;

/// Checks one chain, entry by entry: that none is missing, that each follows the one before, that
/// its hash is right, and that it says what the replay gives.
///
/// Where an entry is missing, or one that changed something cannot be true, the replay of this
/// chain ends, since everything after it would seem to differ; numbers and hashes are checked to
/// the end. An entry whose facts cannot be read is one difference: the replay goes on with what the
/// tables say in their place.
final class ChainCheck {
  private static final int MOST_QUOTED = 200;

  private final String chain;
  private final ChainReplay replay;
  private final Presumption presumption;
  private final Consumer<Difference> consumer;
  private final OutcomeCheck outcomes;
  private @Nullable LoggedEntry last;
  private int subjectVersion;
  private boolean isBroken;

  ChainCheck(
      String chain, ChainReplay replay, Presumption presumption, Consumer<Difference> consumer) {
    this.chain = chain;
    this.replay = replay;
    this.presumption = presumption;
    this.consumer = consumer;
    this.outcomes = new OutcomeCheck(consumer);
  }

  String chain() {
    return chain;
  }

  ChainReplay replay() {
    return replay;
  }

  /// How many entries told of a change of the slot, doctor, patient or facility itself.
  int subjectVersion() {
    return subjectVersion;
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
    checkRequest(entry);
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
    if (entry.kind().changesSubject()) {
      subjectVersion++;
    }
    Optional<AuditEvent> event = FactsReader.read(entry.kind(), entry.rule(), entry.facts());
    try {
      if (event.isPresent()) {
        compare(entry, replay.step(entry, event.get()));
        return true;
      }
      unreadable(entry);
    } catch (CannotReplay e) {
      isBroken = !entry.kind().isRefusal();
      consumer.accept(e.in(entry));
    }
    return false;
  }

  private void unreadable(LoggedEntry entry) {
    String facts = entry.facts();
    String beginning = facts.length() > MOST_QUOTED ? facts.substring(0, MOST_QUOTED) + "…" : facts;
    consumer.accept(Difference.in(entry, "facts", "the facts of " + entry.kind(), beginning));
    if (!entry.kind().isRefusal()) {
      Optional<AuditEvent> presumed = presumption.event(entry);
      presumed.ifPresent(event -> replay.step(entry, event));
      isBroken = presumed.isEmpty();
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
    check(
        entry,
        "subject_version",
        entry.kind().changesSubject() ? subjectVersion : null,
        entry.subjectVersion());
    outcomes.check(entry, replayed.outcome());
  }

  /// Both are written in one transaction, whose number says nothing else.
  private void checkRequest(LoggedEntry entry) {
    LoggedEntry.StoredRequest request = entry.request();
    if (request != null) {
      check(entry, "transaction_id", request.transactionId(), entry.transactionId());
    }
  }

  private void checkHash(LoggedEntry entry) {
    String label = replay.slotLabel() == null ? presumption.slotLabel() : replay.slotLabel();
    check(entry, "hash", entry.computedHash(label, sequence(entry.tokenId())), entry.hash());
  }

  private @Nullable Integer sequence(@Nullable Long tokenId) {
    if (tokenId == null) {
      return null;
    }
    Integer replayed = replay.sequence(tokenId);
    return replayed == null ? presumption.sequence(tokenId) : replayed;
  }

  private void check(
      LoggedEntry entry, String field, @Nullable Object expected, @Nullable Object found) {
    if (!Objects.equals(expected, found)) {
      consumer.accept(Difference.in(entry, field, expected, found));
    }
  }
}

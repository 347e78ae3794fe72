package opd.cli.console;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import opd.decision.Outcome;
import opd.domain.Refusal;
import opd.domain.Slot;
import opd.domain.SlotLabel;

/// After a refusal, offers what most people type next: the slot that the answer names, or the
/// patient's earlier token given up for the new one.
public final class NextStep {
  private static final String ALLOCATE = "allocate";
  private static final String DRY_RUN = "--dry-run";
  private static final String REPLACE = "--replace";
  // Another request than the one that was refused.
  private static final String REQUEST_ID = "--request-id";
  private static final Set<String> OF_THE_PLACE =
      Set.of("--slot", "--doctor", "--or-next", REQUEST_ID);

  private final Questions person;
  private final Grammar grammar;
  private final Supplier<ZoneId> zone;

  public NextStep(Questions person, Grammar grammar, Supplier<ZoneId> zone) {
    this.person = person;
    this.grammar = grammar;
    this.zone = zone;
  }

  /// The command to run instead, or empty where there is none or the person does not want it.
  ///
  /// @param words of the command that was refused
  public Optional<List<String>> after(List<String> words, Outcome outcome) {
    return outcome instanceof Outcome.Rejected rejected && words.getFirst().equals(ALLOCATE)
        ? after(TypedWords.of(grammar, words), rejected)
        : Optional.empty();
  }

  private Optional<List<String>> after(TypedWords typed, Outcome.Rejected rejected) {
    if (typed.has(DRY_RUN) || rejected.from() != null) {
      return Optional.empty();
    }
    if (rejected.refusal() == Refusal.DUPLICATE_TOKEN) {
      return rejected.existing() == null || typed.has(REPLACE)
          ? Optional.empty()
          : replacing(typed, rejected.existing().token().label().toString());
    }
    return rejected.next() == null ? Optional.empty() : elsewhere(typed, rejected.next());
  }

  private Optional<List<String>> elsewhere(TypedWords typed, Slot next) {
    SlotLabel label = next.label();
    String question = "take %s (%s) instead?".formatted(label, DeskValues.free(next, zone.get()));
    if (!Form.isYes(person, question, true)) {
      return Optional.empty();
    }
    List<String> words = without(typed, OF_THE_PLACE);
    words.add("--slot");
    words.add(label.toString());
    return Optional.of(words);
  }

  private Optional<List<String>> replacing(TypedWords typed, String existing) {
    if (!Form.isYes(person, "give up " + existing + " for the new one?", false)) {
      return Optional.empty();
    }
    List<String> words = without(typed, Set.of(REQUEST_ID));
    words.add(REPLACE);
    return Optional.of(words);
  }

  private static List<String> without(TypedWords typed, Set<String> names) {
    List<String> words = new ArrayList<>(List.of(ALLOCATE));
    typed.words().stream()
        .filter(meaning -> meaning.option() == null || !names.contains(meaning.option().name()))
        .forEach(meaning -> words.add(meaning.word()));
    return words;
  }
}

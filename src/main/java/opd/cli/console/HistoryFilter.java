package opd.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import opd.domain.AuditKind;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import org.jspecify.annotations.Nullable;

/// Leaves names and phone numbers out of lines that are kept. Only what is known to be neither
/// stays: commands, options, and the values that can be checked.
public final class HistoryFilter {
  private static final int MOST_DIGITS_OF_ID = 6;
  private static final Pattern LABEL =
      Pattern.compile("(?i)[A-Z][A-Z0-9]{1,11}(-[0-9]{8})?-[0-9]{4}(-[0-9]{2,})?");
  private static final Pattern SHORT_ID = Pattern.compile("[0-9]{1," + MOST_DIGITS_OF_ID + "}");
  private static final Pattern OF_QUEUE = Pattern.compile("last|#[0-9]{1,4}");

  private final Grammar grammar;

  public HistoryFilter(Grammar grammar) {
    this.grammar = grammar;
  }

  /// The line without what may be private, or empty when it is not known to be a command.
  public Optional<String> withoutPeople(String line) {
    LineScanner.Scanned scanned = LineScanner.scan(line, true);
    List<String> kept = new ArrayList<>();
    for (List<LineScanner.Word> command : scanned.commands()) {
      List<String> words =
          CommandLines.withoutProgram(command.stream().map(LineScanner.Word::text).toList());
      if (!words.isEmpty()) {
        withoutPeople(words).ifPresent(kept::add);
      }
    }
    return kept.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", kept));
  }

  private Optional<String> withoutPeople(List<String> words) {
    TypedWords typed = TypedWords.of(grammar, CommandLines.withoutAlias(words));
    if (typed.command().equals(grammar)) {
      return Optional.empty();
    }
    List<String> kept = new ArrayList<>(grammar.path(typed.command()));
    @Nullable String option = null;
    for (TypedWords.Meaning meaning : typed.words()) {
      boolean isOption = meaning.kind() == null;
      if (isOption) {
        option = meaning.option() == null ? null : meaning.word();
        if (option != null && meaning.option() != null && meaning.option().value() == null) {
          kept.add(option);
        }
      } else if (isHarmless(meaning.kind(), meaning.word())) {
        if (meaning.option() != null && option != null) {
          kept.add(option);
        }
        kept.add(meaning.word());
      }
    }
    return Optional.of(String.join(" ", kept));
  }

  private static boolean isHarmless(@Nullable ValueKind kind, String word) {
    return switch (kind) {
      case SLOT, TOKEN ->
          LABEL.matcher(word).matches()
              || SHORT_ID.matcher(word).matches()
              || OF_QUEUE.matcher(word).matches();
      case PRIORITY -> isOneOf(Completions.choices(TokenPriority.values(), ""), word);
      case SOURCE -> isOneOf(Completions.choices(TokenSource.values(), ""), word);
      case AUDIT_KIND -> isOneOf(Completions.choices(AuditKind.values(), ""), word);
      case DATE -> word.matches("today|tomorrow|[0-9]{4}-[0-9]{2}-[0-9]{2}");
      case OUTPUT -> word.matches("table|json|csv");
      case COLOR -> word.matches("auto|always|never");
      case DOCTOR, PHONE, FILE, FREE -> false;
      case null -> false;
    };
  }

  private static boolean isOneOf(List<Suggestion> choices, String word) {
    return choices.stream().anyMatch(choice -> choice.word().equals(word));
  }
}

package opd.cli.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import opd.domain.AuditKind;
import opd.domain.Inputs;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;

/// What could be typed next.
public final class Completions {
  private static final String HELP = "help";

  private final Supplier<Grammar> grammars;
  private final LiveValues live;
  private final Supplier<ConsoleReferences> references;

  /// @param grammars gives what may be typed at the moment
  public Completions(
      Supplier<Grammar> grammars, LiveValues live, Supplier<ConsoleReferences> references) {
    this.grammars = grammars;
    this.live = live;
    this.references = references;
  }

  /// @param line up to the cursor
  public List<Suggestion> at(String line) {
    LineScanner.Scanned scanned = LineScanner.scan(line, true);
    if (scanned.inComment()) {
      return List.of();
    }
    List<String> words =
        new ArrayList<>(scanned.unfinished().stream().map(LineScanner.Word::text).toList());
    String typed = scanned.endsInWord() ? words.removeLast() : "";
    List<String> command = words.isEmpty() ? words : CommandLines.withoutProgram(words);
    // What help is wanted on is typed as if it were to be run.
    List<String> before =
        !command.isEmpty() && command.getFirst().equals(HELP)
            ? command.subList(1, command.size())
            : command;
    return next(before.isEmpty() ? before : CommandLines.withoutAlias(before), typed);
  }

  private List<Suggestion> next(List<String> before, String typed) {
    Grammar grammar = grammars.get();
    TypedWords context = TypedWords.of(grammar, before);
    if (context.awaited() != null) {
      return values(context.awaited(), typed);
    }
    int value = typed.startsWith("--") ? typed.indexOf('=') + 1 : 0;
    if (value > 0) {
      return valuesWithin(grammar, context, typed.substring(0, value), typed.substring(value));
    }
    if (typed.startsWith("-")) {
      Stream<Grammar.Option> options =
          context.command().equals(grammar)
              ? grammar.options().stream()
              : Stream.concat(context.command().options().stream(), grammar.options().stream());
      return options(context, options, typed);
    }
    List<Suggestion> found = new ArrayList<>(commands(context, typed));
    if (context.command().argument() != null && !context.hasArgument()) {
      found.addAll(values(context.command().argument(), typed));
    }
    if (typed.isEmpty() && !context.command().equals(grammar)) {
      found.addAll(options(context, context.command().options().stream(), typed));
    }
    return found;
  }

  private List<Suggestion> commands(TypedWords context, String typed) {
    return context.words().isEmpty()
        ? context.command().commands().stream()
            .map(command -> new Suggestion(command.name(), command.description()))
            .filter(suggestion -> begins(suggestion.word(), typed))
            .toList()
        : List.of();
  }

  private static List<Suggestion> options(
      TypedWords context, Stream<Grammar.Option> options, String typed) {
    return options
        .filter(option -> !context.has(option.name()) && begins(option.name(), typed))
        .map(option -> new Suggestion(option.name(), option.description()))
        .toList();
  }

  /// For `--slot=RAO-09`.
  private List<Suggestion> valuesWithin(
      Grammar grammar, TypedWords context, String option, String typed) {
    String name = option.substring(0, option.length() - 1);
    return context
        .command()
        .option(name)
        .or(() -> grammar.option(name))
        .map(Grammar.Option::value)
        .map(kind -> values(kind, typed))
        .orElse(List.of())
        .stream()
        .map(found -> new Suggestion(option + found.word(), found.description(), found.isWhole()))
        .toList();
  }

  private List<Suggestion> values(ValueKind kind, String typed) {
    return switch (kind) {
      case DOCTOR -> live.doctors(typed);
      case SLOT -> live.slots(typed);
      case TOKEN -> tokens(typed);
      case PHONE -> live.patients(typed);
      case PRIORITY -> choices(TokenPriority.values(), typed);
      case SOURCE -> choices(TokenSource.values(), typed);
      case AUDIT_KIND -> choices(AuditKind.values(), typed);
      case DATE -> choices(typed, "today", "tomorrow");
      case OUTPUT -> choices(typed, "table", "json", "csv");
      case COLOR -> choices(typed, "auto", "always", "never");
      case FILE, FREE -> List.of();
    };
  }

  private List<Suggestion> tokens(String typed) {
    ConsoleReferences done = references.get();
    List<Suggestion> found = new ArrayList<>();
    done.lastToken()
        .filter(token -> begins(ConsoleReferences.LAST, typed))
        .ifPresent(token -> found.add(new Suggestion(ConsoleReferences.LAST, token.toString())));
    found.addAll(live.tokens(typed, done.chosenSlot()));
    return found;
  }

  /// Enum values as people type them.
  static List<Suggestion> choices(Enum<?>[] values, String typed) {
    return choices(typed, Arrays.stream(values).map(Inputs::typed).toArray(String[]::new));
  }

  private static List<Suggestion> choices(String typed, String... values) {
    return Arrays.stream(values)
        .filter(value -> begins(value, typed.replace('_', '-')))
        .map(value -> new Suggestion(value, ""))
        .toList();
  }

  static boolean begins(String word, String typed) {
    return word.regionMatches(true, 0, typed, 0, typed.length());
  }
}

package opd.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import opd.domain.AuditKind;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The completion scripts of the shells: a frame for each shell, and one table of all commands,
/// made from what the parser knows.
final class CompletionScript {
  private static final String DOCTOR = "doctor";
  private static final String SLOT = "slot";
  private static final String TOKEN = "token";
  private static final String FILE = "file";
  // What the options' values are, where the shell can help: a kind of live value, a file, or
  // choices.
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("--doctor", DOCTOR),
          Map.entry("--slot", SLOT),
          Map.entry("--to", SLOT),
          Map.entry("--token", TOKEN),
          Map.entry("--from", FILE),
          Map.entry("--seal", FILE),
          Map.entry("--report", FILE),
          Map.entry("--junit", FILE),
          Map.entry("--priority", choices(TokenPriority.values())),
          Map.entry("--source", choices(TokenSource.values())),
          Map.entry("--kind", choices(AuditKind.values())),
          Map.entry("--date", "today,tomorrow"));
  private static final Map<String, String> ARGUMENTS =
      Map.of("SLOT", SLOT, "TOKEN", TOKEN, "CODE", DOCTOR);

  private CompletionScript() {}

  /// @param shell bash or zsh
  static String of(CommandLine root, String shell) {
    List<String> cases = new ArrayList<>();
    addCases(root, "", cases);
    String table = "__opd_table() {\n  case $1 in\n%s  esac\n}".formatted(String.join("", cases));
    return frame(shell).replace("@TABLE@", table);
  }

  private static void addCases(CommandLine line, String path, List<String> cases) {
    CommandSpec command = line.getCommandSpec();
    String commands = String.join(" ", line.getSubcommands().keySet());
    cases.add(
        """
            '%s')
              commands='%s'
              options='%s'
              valued='%s'
              argument='%s'
              ;;
        """
            .formatted(path, commands, options(command), valued(command), argument(path, command)));
    line.getSubcommands()
        .forEach((name, sub) -> addCases(sub, path.isEmpty() ? name : path + " " + name, cases));
  }

  private static String options(CommandSpec command) {
    return command.options().stream()
        .map(OptionSpec::longestName)
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static String valued(CommandSpec command) {
    return command.options().stream()
        .filter(option -> option.arity().max() > 0)
        .flatMap(option -> Arrays.stream(option.names()).map(name -> name + "=" + kind(option)))
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static String kind(OptionSpec option) {
    return KINDS.getOrDefault(option.longestName(), listed(option));
  }

  /// The choices that a label such as `table|json` lists, or nothing.
  private static String listed(ArgSpec argument) {
    String label = argument.paramLabel();
    return label.contains("|") ? label.replace('|', ',') : "";
  }

  private static String argument(String path, CommandSpec command) {
    boolean isNew = path.equals("doctor add");
    return isNew || command.positionalParameters().isEmpty()
        ? ""
        : ARGUMENTS.getOrDefault(
            command.positionalParameters().getFirst().paramLabel(),
            listed(command.positionalParameters().getFirst()));
  }

  private static String choices(Enum<?>[] values) {
    return Arrays.stream(values)
        .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .collect(Collectors.joining(","));
  }

  private static String frame(String shell) {
    try (InputStream in =
        Objects.requireNonNull(CompletionScript.class.getResourceAsStream("completion." + shell))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

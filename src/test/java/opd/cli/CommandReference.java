package opd.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import opd.cli.session.CommandContext;
import opd.cli.session.ConsoleState;
import opd.cli.session.Surroundings;
import opd.output.StandardOutput;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;

/// Writes the tables in docs/commands.md of commands and global options from what the parser knows.
/// `scripts/generate-man` runs it; [ReadmeTest] fails when they are stale.
final class CommandReference {
  static final Path PAGE = Path.of("docs", "commands.md");
  private static final String BEGIN = "<!-- written by scripts/generate-man -->\n";
  private static final String END = "<!-- end of what is written -->\n";

  private CommandReference() {}

  /// Writes the tables into the page.
  public static void main(String[] arguments) throws IOException {
    Files.writeString(PAGE, written(Files.readString(PAGE)));
  }

  /// The page with its tables as they must be.
  static String written(String page) {
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    return page.substring(0, begin) + tables() + page.substring(page.indexOf(END, begin));
  }

  private static String tables() {
    return withCommands(root ->
        "| command | what it does |\n| --- | --- |\n"
            + commands(root).map(CommandReference::row).collect(Collectors.joining())
            + "\n| global option | what it means |\n| --- | --- |\n"
            + options(root).stream().map(CommandReference::row).collect(Collectors.joining()));
  }

  /// All commands of the program, for as long as the function works on them.
  static <T> T withCommands(Function<CommandLine, T> work) {
    StandardOutput nowhere = new StandardOutput(new StringWriter());
    Surroundings none = new Surroundings(Map.of(), null, nowhere, nowhere, false, 0, 0);
    try (ConsoleState consoleState = ConsoleState.ofOneCommand()) {
      return work.apply(CommandTree.of(new CommandContext(none, consoleState)));
    }
  }

  private static Stream<CommandLine> commands(CommandLine line) {
    return line.getSubcommands().values().stream()
        .flatMap(sub -> {
          boolean isGroup =
              !sub.getSubcommands().isEmpty() && !sub.getCommandName().equals("audit");
          return Stream.concat(isGroup ? Stream.empty() : Stream.of(sub), commands(sub));
        });
  }

  private static List<OptionSpec> options(CommandLine root) {
    return root.getCommandSpec().options().stream().filter(option -> !option.hidden()).toList();
  }

  private static String row(CommandLine command) {
    Help help = new Help(command.getCommandSpec(), Help.Ansi.OFF);
    String synopsis = help.synopsis(0).replaceAll("\\s+", " ").replace(" [COMMAND]", "").strip();
    return row("`" + synopsis + "`", command.getCommandSpec().usageMessage().description());
  }

  private static String row(OptionSpec option) {
    String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
    String names =
        Arrays.stream(option.names())
            .map(name -> "`" + name + "`")
            .collect(Collectors.joining(", "));
    return row(names + (value.isEmpty() ? "" : " `" + value.strip() + "`"), option.description());
  }

  private static String row(String what, String[] description) {
    return "| %s | %s |\n"
        .formatted(escaped(what), description.length == 0 ? "" : escaped(description[0]));
  }

  private static String escaped(String text) {
    return text.replace("%n", " ").replace("%%", "%").replace("|", "\\|");
  }
}

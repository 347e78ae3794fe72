package opd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import opd.cli.session.CommandContext;
import opd.cli.session.ConsoleState;
import opd.cli.session.Surroundings;
import opd.output.StandardOutput;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Writes the manual pages from what the parser knows: the same that the help is printed from.
/// `scripts/generate-man` runs it; [ManPagesTest] fails when the pages are stale.
final class ManPages {
  static final Path FOLDER = Path.of("src", "main", "man", "man1");

  private ManPages() {}

  /// Writes the pages to their folder, and removes those of commands that are gone.
  public static void main(String[] arguments) throws IOException {
    Files.createDirectories(FOLDER);
    try (Stream<Path> old = Files.list(FOLDER)) {
      for (Path page : old.toList()) {
        Files.delete(page);
      }
    }
    for (var page : pages().entrySet()) {
      Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
    }
  }

  /// The text of each page by its file's name.
  static Map<String, String> pages() {
    Surroundings none =
        new Surroundings(
            Map.of(),
            null,
            new StandardOutput(new StringWriter()),
            new PrintWriter(new StringWriter()),
            false,
            0,
            0);
    Map<String, String> pages = new TreeMap<>();
    try (ConsoleState consoleState = ConsoleState.ofOneCommand()) {
      CommandContext context = new CommandContext(none, consoleState);
      add(CommandTree.of(context), pages);
    }
    return pages;
  }

  private static void add(CommandLine line, Map<String, String> pages) {
    pages.put(name(line) + ".1", page(line));
    line.getSubcommands().values().forEach(sub -> add(sub, pages));
  }

  private static String name(CommandLine line) {
    return line.getCommandSpec().qualifiedName("-");
  }

  private static String page(CommandLine line) {
    CommandSpec command = line.getCommandSpec();
    String[] description = command.usageMessage().description();
    List<String> page = new ArrayList<>();
    page.add(".TH \"%s\" 1".formatted(name(line).toUpperCase(java.util.Locale.ROOT)));
    page.add(".SH NAME");
    page.add(text(name(line)) + " \\- " + text(description.length == 0 ? "" : description[0]));
    page.add(".SH SYNOPSIS");
    page.add(text(new Help(command, Help.Ansi.OFF).synopsis(0).replaceAll("\\s+", " ").strip()));
    page.add(".SH DESCRIPTION");
    for (String paragraph : description) {
      page.add(".PP");
      page.add(text(paragraph));
    }
    addArguments(command, page);
    addOptions(command, page);
    addCommands(line, page);
    addExamples(command, page);
    addSeeAlso(line, page);
    return String.join("\n", page) + "\n";
  }

  private static void addArguments(CommandSpec command, List<String> page) {
    if (!command.positionalParameters().isEmpty()) {
      page.add(".SH ARGUMENTS");
    }
    for (PositionalParamSpec argument : command.positionalParameters()) {
      page.add(".TP");
      page.add(".I " + text(argument.paramLabel()));
      page.add(text(String.join(" ", argument.description())));
    }
  }

  private static void addOptions(CommandSpec command, List<String> page) {
    List<OptionSpec> own = command.options().stream().filter(option -> !option.hidden()).toList();
    if (!own.isEmpty()) {
      page.add(".SH OPTIONS");
    }
    for (OptionSpec option : own) {
      String names =
          Arrays.stream(option.names())
              .map(name -> "\\fB" + text(name) + "\\fR")
              .collect(Collectors.joining(", "));
      String value = option.arity().max() == 0 ? "" : " \\fI" + text(option.paramLabel()) + "\\fR";
      page.add(".TP");
      page.add(names + value + (option.required() && option.group() == null ? " (required)" : ""));
      page.add(text(String.join(" ", option.description())));
    }
  }

  private static void addCommands(CommandLine line, List<String> page) {
    if (!line.getSubcommands().isEmpty()) {
      page.add(".SH COMMANDS");
    }
    for (CommandLine sub : line.getSubcommands().values()) {
      page.add(".TP");
      page.add("\\fB" + text(name(sub)) + "\\fR(1)");
      page.add(text(sub.getCommandSpec().usageMessage().description()[0]));
    }
  }

  private static void addExamples(CommandSpec command, List<String> page) {
    List<String> examples =
        Arrays.stream(command.usageMessage().footer())
            .filter(text -> text.startsWith("  "))
            .toList();
    if (!examples.isEmpty()) {
      page.add(".SH EXAMPLES");
      page.add(".nf");
      examples.forEach(example -> page.add(text(example)));
      page.add(".fi");
    }
  }

  private static void addSeeAlso(CommandLine line, List<String> page) {
    CommandLine parent = line.getParent();
    if (parent != null) {
      page.add(".SH SEE ALSO");
      page.add("\\fB" + text(name(parent)) + "\\fR(1)");
    }
  }

  /// As groff takes it literally: its escape, its hyphens, and what would be a request at the
  /// beginning of a line.
  private static String text(String text) {
    String escaped =
        text.replace("%n", " ").replace("%%", "%").replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}

package opd.cli;

import java.util.List;
import java.util.Locale;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import picocli.CommandLine;

/// Prints a JSON Schema of what a command prints with `-o json`.
final class SchemaCommand {
  /// What there is a schema of; a document of JSON Lines has it in each line.
  static final List<String> RESULTS =
      List.of(
          "allocate",
          "list-line",
          "reallocate",
          "change",
          "serving",
          "next",
          "slot-change",
          "absence",
          "owed",
          "roster-line",
          "queue",
          "token",
          "slot",
          "doctor",
          "patient",
          "patient-tokens",
          "patient-export",
          "erasure",
          "audit",
          "explanation",
          "verified",
          "seal",
          "report",
          "report-check",
          "simulate",
          "check",
          "status",
          "facility-line",
          "where",
          "code",
          "command-end",
          "error");

  /// What others hold.
  private static final String PART = "error-fields";

  private final CommandContext context;
  private final Given<String> result =
      Given.optionalArgument("RESULT", "One of these; without it they are listed.");

  SchemaCommand(CommandContext context) {
    this.context = context;
  }

  CommandLine line() {
    return Description.of(
            "schema",
            "Print the JSON Schema of what a command prints with -o json.",
            "There is one of: " + String.join(", ", RESULTS) + ".")
        .forRooms()
        .examples("opd schema", "opd schema allocate > allocate.schema.json")
        .takes(result)
        .does(() -> {
          context
              .surroundings()
              .out()
              .print(result.isGiven() ? schema(result.get()) : String.join("\n", RESULTS) + "\n");
          context.surroundings().out().flush();
          return ExitStatus.DONE.code();
        });
  }

  /// @throws OpdException USAGE when there is none
  static String schema(String typed) {
    String name = typed.toLowerCase(Locale.ROOT).replace('_', '-');
    if (!RESULTS.contains(name) && !name.equals(PART)) {
      throw new OpdException(
          ErrorCode.USAGE,
          "there is no schema of " + PlainText.quote(typed),
          Suggestions.to(name, RESULTS)
              .map(similar -> "did you mean " + similar + "?")
              .orElse("'opd schema' lists what there is"));
    }
    return Texts.read("schemas.json").replace("@RESULT@", name);
  }
}

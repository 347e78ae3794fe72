package opd.cli.command;

import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.Given;
import opd.cli.session.GlobalOptions;
import picocli.CommandLine;

/// The program itself.
public final class RootCommand {
  private RootCommand() {}

  public static CommandLine line(GlobalOptions options) {
    Description root =
        Description.of(
                "opd",
                "Hands out outpatient tokens by explicit rules, one audited decision at a time.")
            .examples(
                "opd simulate --day",
                "opd doctor add RAO --name \"Dr. Rao\"",
                "opd slot open --doctor RAO --start 09:00 --minutes 60 --capacity 3",
                "opd allocate --slot RAO-0900 --phone 9876543210 --name \"Asha Rao\" \\",
                "    --priority follow-up --source walk-in",
                "opd queue RAO-0900")
            .version(new Version());
    return options
        .describe(root)
        .takes(Given.version("--version", "Print the version."))
        .does(() -> {
          throw CommandContext.usage("say what to do, such as: opd queue");
        });
  }
}

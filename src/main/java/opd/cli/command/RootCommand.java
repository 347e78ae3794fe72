package opd.cli.command;

import java.util.concurrent.Callable;
import opd.cli.session.Description;
import opd.cli.session.GlobalOptions;
import opd.cli.session.Session;
import picocli.CommandLine;

public final class RootCommand implements Callable<Integer> {
  private RootCommand() {}

  public static CommandLine line(GlobalOptions options) {
    Description root =
        Description.of(
                "opd",
                new RootCommand(),
                "Hands out outpatient tokens by explicit rules, one audited decision at a time.")
            .examples(
                "opd simulate --day",
                "opd doctor add RAO --name \"Dr. Rao\"",
                "opd slot open --doctor RAO --start 09:00 --minutes 60 --capacity 3",
                "opd allocate --slot RAO-0900 --phone 9876543210 --name \"Asha Rao\" \\",
                "    --priority follow-up --source walk-in",
                "opd queue RAO-0900")
            .version(new Version());
    options.describe(root);
    return root.option(
            Description.aFlag("--version", "Print the version.", _ -> {}).versionHelp(true))
        .line();
  }

  @Override
  public Integer call() {
    throw Session.usage("say what to do, such as: opd queue");
  }
}

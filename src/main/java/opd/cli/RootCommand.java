package opd.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "opd",
    sortOptions = false,
    versionProvider = Version.class,
    description = {
      "Hands out outpatient tokens by explicit rules, one audited decision at a time."
    },
    footer = {
      "",
      "Examples:",
      "  opd simulate --day",
      "  opd doctor add RAO --name \"Dr. Rao\"",
      "  opd slot open --doctor RAO --start 09:00 --minutes 60 --capacity 3",
      "  opd allocate --slot RAO-0900 --phone 9876543210 --name \"Asha Rao\" \\",
      "      --priority follow-up --source walk-in",
      "  opd queue RAO-0900"
    })
final class RootCommand implements Callable<Integer> {
  @Mixin GlobalOptions options;

  @Option(names = "--version", versionHelp = true, description = "Print the version.")
  boolean version;

  RootCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    throw Session.usage("say what to do, such as: opd queue");
  }
}

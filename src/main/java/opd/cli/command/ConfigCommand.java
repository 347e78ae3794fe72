package opd.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import opd.cli.session.DatabaseUrl;
import opd.cli.session.ExitStatus;
import opd.cli.session.Session;
import opd.cli.session.Settings;
import opd.output.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
    name = "config",
    description = "Show each setting and where it comes from.",
    footer = {"", "Example:", "  opd config"})
public final class ConfigCommand implements Callable<Integer> {
  private final Session session;

  public ConfigCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<Properties> rows =
        session.settings().all().stream()
            .map(setting ->
                new Properties()
                    .with("name", setting.name())
                    .with("value", shown(setting))
                    .with("origin", setting.origin()))
            .toList();
    session.printer().records(rows);
    return ExitStatus.DONE.code();
  }

  /// A password in the URL stays out of sight.
  private static @Nullable String shown(Settings.Setting setting) {
    String value = setting.value();
    return value != null && setting.name().equals("db")
        ? DatabaseUrl.parse(value).toString()
        : value;
  }
}

package opd.cli.command;

import java.util.List;
import opd.cli.session.CommandContext;
import opd.cli.session.DatabaseUrl;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Settings;
import opd.output.Listing;
import opd.output.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// Shows the settings.
public final class ConfigCommand {
  private ConfigCommand() {}

  public static CommandLine line(CommandContext context) {
    return Description.of("config", "Show each setting and where it comes from.")
        .forRooms()
        .examples("opd config")
        .lists(Listing.SETTINGS)
        .does(() -> {
          List<Properties> rows =
              context.settings().all().stream().map(ConfigCommand::row).toList();
          context.printer().records(rows);
          return ExitStatus.DONE.code();
        });
  }

  private static Properties row(Settings.Setting setting) {
    return new Properties()
        .with("name", setting.name())
        .with("value", shown(setting))
        .with("origin", setting.origin());
  }

  /// A password in the URL stays out of sight.
  private static @Nullable String shown(Settings.Setting setting) {
    String value = setting.value();
    return value != null && setting.name().startsWith("db")
        ? DatabaseUrl.parse(value).toString()
        : value;
  }
}
